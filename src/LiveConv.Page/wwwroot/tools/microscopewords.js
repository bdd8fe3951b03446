// The microscope's words in the languages of the shipped lesson: with a lesson, it speaks the lesson's. The English word is the key.

/** @type {Record<string, Record<string, string>>} */
const words = {
  de: {
    "Microscope": "Mikroskop", "What is done": "Was geschieht", "A kernel slides": "Ein Kernel gleitet", "Max pooling": "Max-Pooling",
    "Average pooling": "Mittelwert-Pooling", "Transposed convolution": "Transponierte Faltung", "Stride": "Stride", "Padding": "Padding",
    "Dilation": "Dilatation", "Border": "Rand", "zeros": "Nullen", "replicate": "wiederholt", "symmetric": "symmetrisch",
    "mirror": "gespiegelt", "wrap": "umlaufend", "Flip": "Drehen", "no: correlation": "nein: Korrelation",
    "180°: convolution": "180°: Faltung", "Settings": "Einstellungen", "What is this?": "Was ist das? (englisch)", "Close the microscope": "Mikroskop schließen",
    "Close the microscope (u)": "Mikroskop schließen (u)", "Image": "Bild", "Output": "Ausgabe", "◀ Step": "◀ Schritt",
    "One step back (left arrow)": "Ein Schritt zurück (Pfeil links)", "Play": "Abspielen", "Step ▶": "Schritt ▶",
    "One step on (right arrow)": "Ein Schritt weiter (Pfeil rechts)", "Speed": "Tempo", "Kernel": "Kernel", "Camera": "Kamera",
    "Smaller": "Kleiner", "Hold": "Anhalten", "Empty": "Leeren", "Pointer": "Zeiger", "moves the window": "verschiebt das Fenster",
    "paints white": "malt weiß", "paints grey": "malt grau", "paints black": "malt schwarz", "window": "Fenster", "kernel": "Kernel",
    "products": "Produkte", "sum": "Summe", "largest": "größter Wert", "mean": "Mittelwert", "value": "Wert",
    "placed and added up": "gesetzt und addiert", "output width": "Breite der Ausgabe", "output height": "Höhe der Ausgabe",
    "input": "Eingabe", "padding": "Padding", "stride": "Stride", "at the end left over": "am Ende übrig", "row": "Zeile",
    "column": "Spalte", "places its kernel": "setzt seinen Kernel",
    "There is no image yet.":
      "Es gibt noch kein Bild.",
    "A pooling pads at most half its window: choose less padding, or a larger window.":
      "Pooling füllt höchstens sein halbes Fenster auf: Wähle weniger Padding oder ein größeres Fenster.",
    "The padding crops the whole output: choose less of it.":
      "Das Padding schneidet die ganze Ausgabe ab: Wähle weniger davon.",
    "The window does not fit: choose more padding, less dilation or a smaller kernel.":
      "Das Fenster passt nicht: Wähle mehr Padding, weniger Dilatation oder einen kleineren Kernel.",
  },
  es: {
    "Microscope": "Microscopio", "What is done": "Qué se hace", "A kernel slides": "Un kernel se desliza", "Max pooling": "Max pooling",
    "Average pooling": "Pooling de la media", "Transposed convolution": "Convolución transpuesta", "Stride": "Stride", "Padding": "Padding",
    "Dilation": "Dilatación", "Border": "Exterior", "zeros": "ceros", "replicate": "repetido", "symmetric": "simétrico", "mirror": "espejo",
    "wrap": "cíclico", "Flip": "Giro", "no: correlation": "no: correlación", "180°: convolution": "180°: convolución",
    "Settings": "Ajustes", "What is this?": "¿Qué es esto? (en inglés)", "Close the microscope": "Cerrar el microscopio",
    "Close the microscope (u)": "Cerrar el microscopio (u)", "Image": "Imagen", "Output": "Salida", "◀ Step": "◀ Paso",
    "One step back (left arrow)": "Un paso atrás (flecha izquierda)", "Play": "Reproducir", "Step ▶": "Paso ▶",
    "One step on (right arrow)": "Un paso adelante (flecha derecha)", "Speed": "Velocidad", "Kernel": "Kernel", "Camera": "Cámara",
    "Smaller": "Más pequeña", "Hold": "Congelar", "Empty": "Vaciar", "Pointer": "Puntero", "moves the window": "mueve la ventana",
    "paints white": "pinta blanco", "paints grey": "pinta gris", "paints black": "pinta negro", "window": "ventana", "kernel": "kernel",
    "products": "productos", "sum": "suma", "largest": "el mayor", "mean": "media", "value": "valor",
    "placed and added up": "colocado y sumado", "output width": "ancho de la salida", "output height": "alto de la salida",
    "input": "entrada", "padding": "padding", "stride": "stride", "at the end left over": "sobran al final", "row": "fila",
    "column": "columna", "places its kernel": "coloca su kernel",
    "There is no image yet.":
      "Todavía no hay imagen.",
    "A pooling pads at most half its window: choose less padding, or a larger window.":
      "Un pooling rellena como mucho la mitad de su ventana: elige menos padding o una ventana más grande.",
    "The padding crops the whole output: choose less of it.":
      "El padding recorta toda la salida: elige menos.",
    "The window does not fit: choose more padding, less dilation or a smaller kernel.":
      "La ventana no cabe: elige más padding, menos dilatación o un kernel más pequeño.",
  },
  fr: {
    "Microscope": "Microscope", "What is done": "Ce qui est fait", "A kernel slides": "Un noyau glisse", "Max pooling": "Max pooling",
    "Average pooling": "Pooling par moyenne", "Transposed convolution": "Convolution transposée", "Stride": "Stride", "Padding": "Padding",
    "Dilation": "Dilatation", "Border": "Bord", "zeros": "zéros", "replicate": "répété", "symmetric": "symétrique", "mirror": "miroir",
    "wrap": "cyclique", "Flip": "Rotation", "no: correlation": "non : corrélation", "180°: convolution": "180° : convolution",
    "Settings": "Réglages", "What is this?": "Qu'est-ce ? (en anglais)", "Close the microscope": "Fermer le microscope",
    "Close the microscope (u)": "Fermer le microscope (u)", "Image": "Image", "Output": "Sortie", "◀ Step": "◀ Pas",
    "One step back (left arrow)": "Un pas en arrière (flèche gauche)", "Play": "Lecture", "Step ▶": "Pas ▶",
    "One step on (right arrow)": "Un pas en avant (flèche droite)", "Speed": "Vitesse", "Kernel": "Noyau", "Camera": "Caméra",
    "Smaller": "Plus petite", "Hold": "Figer", "Empty": "Vider", "Pointer": "Pointeur", "moves the window": "déplace la fenêtre",
    "paints white": "peint en blanc", "paints grey": "peint en gris", "paints black": "peint en noir", "window": "fenêtre",
    "kernel": "noyau", "products": "produits", "sum": "somme", "largest": "le plus grand", "mean": "moyenne", "value": "valeur",
    "placed and added up": "placé et additionné", "output width": "largeur de la sortie", "output height": "hauteur de la sortie",
    "input": "entrée", "padding": "padding", "stride": "stride", "at the end left over": "de reste à la fin", "row": "ligne",
    "column": "colonne", "places its kernel": "place son noyau",
    "There is no image yet.":
      "Il n'y a pas encore d'image.",
    "A pooling pads at most half its window: choose less padding, or a larger window.":
      "Un pooling ajoute au plus la moitié de sa fenêtre : choisissez moins de padding ou une fenêtre plus grande.",
    "The padding crops the whole output: choose less of it.":
      "Le padding coupe toute la sortie : choisissez-en moins.",
    "The window does not fit: choose more padding, less dilation or a smaller kernel.":
      "La fenêtre ne tient pas : choisissez plus de padding, moins de dilatation ou un noyau plus petit.",
  },
};

export class MicroscopeWords {
  #root;
  #language = "en";
  /** The English words of what stands in the document. @type {{ set: (text: string) => void, english: string }[]} */
  #places = [];

  /** @param {HTMLElement} root whose words are in English now */
  constructor(root) {
    this.#root = root;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node;
      this.#add(text.textContent ?? "", (word) => (text.textContent = word));
    }

    for (const element of root.querySelectorAll("[title], [aria-label]")) {
      for (const name of ["title", "aria-label"].filter((attribute) => element.hasAttribute(attribute))) {
        this.#add(element.getAttribute(name) ?? "", (word) => element.setAttribute(name, word));
      }
    }
  }

  /** @param {string} language as a lesson has it; one without words here is English */
  speak(language) {
    const known = language.split("-")[0];
    this.#language = words[known] ? known : "en";
    this.#root.lang = this.#language;
    this.#places.forEach(({ set, english }) => set(this.of(english)));
  }

  /** @param {string} english */
  of(english) {
    return words[this.#language]?.[english] ?? english;
  }

  /**
   * @param {string} text
   * @param {(word: string) => void} set
   */
  #add(text, set) {
    const english = text.trim();
    if (words.de[english]) {
      this.#places.push({ english, set: (word) => set(text.replace(english, word)) });
    }
  }
}
