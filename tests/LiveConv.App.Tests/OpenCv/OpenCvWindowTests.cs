namespace LiveConv.App.Tests;

/// <summary>OpenCV's window, in a program that was built with it.</summary>
public class OpenCvWindowTests() : WindowContract("opencv");
