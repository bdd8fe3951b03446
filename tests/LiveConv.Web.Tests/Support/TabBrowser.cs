namespace LiveConv.Web.Tests;

/// <summary>The browsers of these tests.</summary>
public enum TabBrowser
{
    Chromium,
    Firefox,
}
