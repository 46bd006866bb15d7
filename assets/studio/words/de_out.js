// Holds the texts about photographs and about what leaves the Studio in German. Belongs to de.js.

/** @type {typeof import("./en_out.js").out} */
export const out = {
  out: {
    bar: "Diesen Artikel verwenden",
    share: "Link zum Teilen kopieren",
    pinned: "Bildlink kopieren",
    more: "Mehr",
    alt: "Alternativtext kopieren",
    toApp: "Teilen",
    schedulers: "Für Planungstools",
    savedSchedulers:
      "Gespeichert. Für Buffer captions.csv importieren, für Hootsuite captions-hootsuite.csv. Beide sind in der ZIP-Datei.",
    tapAgain: "Die Bilder sind bereit. Noch einmal auf „Teilen“ tippen.",
    saveFirst: "Speichern Sie die Änderungen zuerst als Post und senden Sie ihn dann.",
    send: (name) => `An ${name} senden`,
    sent: (name) => `Unterwegs an ${name}.`,
    done: {
      share: "Link zum Teilen kopiert.",
      storyShare: "Link zum Artikel kopiert. Er zeigt dessen eigene Karte, ohne Ihre Änderungen.",
      pinned: "Bildlink kopiert.",
    },
  },
  withdraw: {
    button: "Zurückziehen",
    heading: "Diesen Artikel zurückziehen?",
    hint:
      "Seine Karten, Links und Posts funktionieren dann nirgends mehr. Um ihn zurückzuholen, muss das CMS ihn " +
      "erneut senden.",
    cancel: "Behalten",
    going: "Der Artikel wird zurückgezogen …",
    done: "Der Artikel ist zurückgezogen, seine Karten sind gelöscht.",
  },
  photo: {
    none: "Dieser Artikel hat kein Foto.",
    crop: "Zuschneiden",
    whole: "Ganz zeigen",
    cropHint: "Ziehen Sie die Ecken oder den Rahmen. Pfeiltasten bewegen, was den Fokus hat.",
    frame: (width, height) => `Ausschnitt, ${width} % breit, ${height} % hoch. Pfeiltasten verschieben ihn.`,
    corners: {
      topLeft: "Obere linke Ecke des Ausschnitts",
      topRight: "Obere rechte Ecke des Ausschnitts",
      bottomLeft: "Untere linke Ecke des Ausschnitts",
      bottomRight: "Untere rechte Ecke des Ausschnitts",
    },
    choose: "Anderes Foto wählen",
    chooseFirst: "Foto wählen",
    chooseHint: "Oder hierher ziehen oder einfügen.",
    address: "Oder seine Webadresse",
    fetch: "Laden",
    credit: "Bildnachweis (Pflicht)",
    creditHint: "Fotografin oder Fotograf und Agentur, so wie sie auf der Karte stehen.",
    creditMissing: "Nennen Sie, wer das Foto gemacht hat. Bis dahin zeigen die Karten es nicht.",
    alt: "Was es zeigt",
    altHint: "Für Menschen, die es nicht sehen können. Wird Teil des Alternativtexts.",
    back: "Zurück zum Foto des Artikels",
    remove: "Foto entfernen",
    sending: "Das Foto wird hinzugefügt …",
    added: "Foto hinzugefügt.",
    tooLarge: "Diese Datei ist zu groß. Verwenden Sie eine von höchstens 4,5 MB oder die Webadresse.",
    slow: "Die Vorbereitung des Fotos dauert lange. Versuchen Sie es in einigen Sekunden erneut.",
    noPicture: "Unter dieser Adresse wurde kein Foto gefunden.",
    unusable: "Diese Datei ist kein Foto, das Karten verwenden können. Verwenden Sie JPEG, PNG oder WebP.",
  },
};
