// Holds the texts about photographs and about what leaves the Studio in Spanish. Belongs to es.js.

/** @type {typeof import("./en_out.js").out} */
export const out = {
  out: {
    bar: "Usar esta noticia",
    share: "Copiar enlace para compartir",
    pinned: "Copiar enlace de la imagen",
    more: "Más",
    alt: "Copiar texto alternativo",
    toApp: "Compartir",
    schedulers: "Para programadores de publicaciones",
    savedSchedulers:
      "Guardado. Para Buffer importe captions.csv; para Hootsuite, captions-hootsuite.csv. Ambos están en el zip.",
    tapAgain: "Las imágenes están listas. Toque Compartir otra vez.",
    saveFirst: "Guarde primero los cambios como publicación y después envíela.",
    send: (name) => `Enviar a ${name}`,
    sent: (name) => `En camino a ${name}.`,
    done: {
      share: "Enlace para compartir copiado.",
      storyShare: "Enlace de la noticia copiado. Muestra la tarjeta de la noticia, sin sus cambios.",
      pinned: "Enlace de la imagen copiado.",
    },
  },
  withdraw: {
    button: "Retirar",
    heading: "¿Retirar esta noticia?",
    hint:
      "Sus tarjetas, enlaces y publicaciones dejarán de funcionar en todas partes. Para recuperarla, el CMS de la " +
      "redacción tiene que enviarla de nuevo.",
    cancel: "Conservarla",
    going: "Retirando la noticia…",
    done: "La noticia se ha retirado y sus tarjetas se han borrado.",
  },
  photo: {
    none: "Esta noticia no tiene foto.",
    crop: "Recortar",
    whole: "Mostrar entera",
    cropHint: "Arrastre las esquinas o el marco. Las flechas mueven lo que tiene el foco.",
    frame: (width, height) => `Recorte, ${width} % de ancho, ${height} % de alto. Las flechas lo mueven.`,
    corners: {
      topLeft: "Esquina superior izquierda del recorte",
      topRight: "Esquina superior derecha del recorte",
      bottomLeft: "Esquina inferior izquierda del recorte",
      bottomRight: "Esquina inferior derecha del recorte",
    },
    choose: "Elegir otra foto",
    chooseFirst: "Elegir una foto",
    chooseHint: "O suéltela aquí, o péguela.",
    address: "O su dirección web",
    fetch: "Obtener",
    credit: "Crédito (obligatorio)",
    creditHint: "La persona que hizo la foto y la agencia, como aparecen en la tarjeta.",
    creditMissing: "Indique quién hizo la foto. Hasta entonces, las tarjetas no la muestran.",
    alt: "Qué muestra",
    altHint: "Para quienes no pueden verla. Forma parte del texto alternativo.",
    back: "Volver a la foto de la noticia",
    remove: "Quitar la foto",
    sending: "Añadiendo la foto…",
    added: "Foto añadida.",
    tooLarge: "Este archivo es demasiado grande. Use uno de 4,5 MB como máximo o su dirección web.",
    slow: "La preparación de la foto tarda. Inténtelo de nuevo en unos segundos.",
    noPicture: "No se encontró ninguna foto en esta dirección.",
    unusable: "Este archivo no es una foto que sirva para las tarjetas. Use JPEG, PNG o WebP.",
  },
};
