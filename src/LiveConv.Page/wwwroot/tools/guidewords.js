// The lesson rail's own words, in the languages of the shipped lesson.

/** @type {Record<string, string>} */
export const languageNames = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

/**
 * @typedef {object} GuideWords
 * @property {string} right
 * @property {string} wrong
 * @property {string} more
 * @property {string} back
 * @property {string} next
 * @property {string} of
 * @property {string} close
 * @property {string} hidden
 * @property {string} below the step goes on further down
 * @property {(tool: string) => string} show brings the tool that lies behind the lesson
 * @property {string} return brings the lesson that lies behind the tool
 * @property {string} none there are no lessons
 * @property {(wanted: string, inUse: string) => string} other the step is about another preset than the one in use
 * @property {(wanted: string) => string} missing the step is about a preset that is not there
 * @property {Record<import("../session/messages.js").PredictionRefusal, string>} refusals why the right answer cannot be said
 */

/** @type {Record<string, GuideWords>} */
const words = {
  en: {
    right: "Right.",
    wrong: "Not this time.",
    more: "Read more",
    back: "Back",
    next: "Next",
    of: "of",
    close: "Close the lesson",
    hidden: "It is shown when you have answered.",
    below: "More",
    show: (tool) => `Show ${tool}`,
    return: "Back to the lesson",
    none: "There are no lessons.",
    other: (wanted, inUse) => `This step is about the preset ${wanted}, and the page shows ${inUse}. Small, this is what ${wanted} makes of the image:`,
    missing: (wanted) => `This step is about the preset ${wanted}, which is not here.`,
    refusals: {
      noStep: "This step is not there any more: open the lesson again.",
      noImage: "There is no image yet: answer again when there is one.",
      black: "Both maps are black: show the camera something with edges, then answer again.",
      noPreset: "The preset of this step cannot be used here, so nothing was computed.",
      noOutput: "The microscope of this step has no output, so nothing was computed.",
    },
  },
  de: {
    right: "Richtig.",
    wrong: "Diesmal nicht.",
    more: "Mehr dazu (englisch)",
    back: "Zurück",
    next: "Weiter",
    of: "von",
    close: "Lektion schließen",
    hidden: "Zu sehen ist es, sobald du geantwortet hast.",
    below: "Mehr",
    show: (tool) => `${tool} zeigen`,
    return: "Zurück zur Lektion",
    none: "Es gibt keine Lektionen.",
    other: (wanted, inUse) => `Hier geht es um das Preset ${wanted}, die Seite zeigt aber ${inUse}. Im Kleinen macht ${wanted} aus dem Kamerabild dies:`,
    missing: (wanted) => `Hier geht es um das Preset ${wanted}, das es hier nicht gibt.`,
    refusals: {
      noStep: "Diesen Schritt gibt es nicht mehr: Öffne die Lektion noch einmal.",
      noImage: "Es gibt noch kein Bild: Antworte noch einmal, wenn eines da ist.",
      black: "Beide Karten sind schwarz: Zeige der Kamera etwas mit Kanten und antworte noch einmal.",
      noPreset: "Das Preset dieses Schritts lässt sich hier nicht verwenden; darum wurde nichts berechnet.",
      noOutput: "Das Mikroskop dieses Schritts hat keine Ausgabe; darum wurde nichts berechnet.",
    },
  },
  es: {
    right: "Correcto.",
    wrong: "Esta vez no.",
    more: "Leer más (en inglés)",
    back: "Atrás",
    next: "Siguiente",
    of: "de",
    close: "Cerrar la lección",
    hidden: "Se muestra cuando hayas respondido.",
    below: "Más",
    show: (tool) => `Mostrar ${tool}`,
    return: "Volver a la lección",
    none: "No hay lecciones.",
    other: (wanted, inUse) => `Este paso trata del preset ${wanted}, pero la página muestra ${inUse}. En pequeño, esto es lo que ${wanted} hace con la imagen:`,
    missing: (wanted) => `Este paso trata del preset ${wanted}, que aquí no existe.`,
    refusals: {
      noStep: "Este paso ya no existe: abre la lección otra vez.",
      noImage: "Todavía no hay imagen: responde otra vez cuando la haya.",
      black: "Los dos mapas son negros: muestra a la cámara algo con bordes y responde otra vez.",
      noPreset: "El preset de este paso no se puede usar aquí, así que no se ha calculado nada.",
      noOutput: "El microscopio de este paso no tiene salida, así que no se ha calculado nada.",
    },
  },
  fr: {
    right: "Exact.",
    wrong: "Pas cette fois.",
    more: "En savoir plus (en anglais)",
    back: "Retour",
    next: "Suivant",
    of: "sur",
    close: "Fermer la leçon",
    hidden: "Le résultat apparaît après votre réponse.",
    below: "Suite",
    show: (tool) => `Afficher ${tool}`,
    return: "Revenir à la leçon",
    none: "Il n'y a pas de leçon.",
    other: (wanted, inUse) => `Cette étape porte sur le préréglage ${wanted}, et la page montre ${inUse}. En petit, voici ce que ${wanted} fait de l'image :`,
    missing: (wanted) => `Cette étape porte sur le préréglage ${wanted}, qui n'existe pas ici.`,
    refusals: {
      noStep: "Cette étape n'existe plus : ouvrez de nouveau la leçon.",
      noImage: "Il n'y a pas encore d'image : répondez de nouveau quand il y en aura une.",
      black: "Les deux cartes sont noires : montrez à la caméra quelque chose qui a des contours, puis répondez de nouveau.",
      noPreset: "Le préréglage de cette étape ne peut pas servir ici ; rien n'a donc été calculé.",
      noOutput: "Le microscope de cette étape n'a pas de sortie ; rien n'a donc été calculé.",
    },
  },
};

/** @param {string} language as a lesson has it; one without words here is English */
export const wordsIn = (language) => words[language.split("-")[0]] ?? words.en;
