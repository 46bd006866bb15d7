// Holds the texts about photographs and about what leaves the Studio in French. Belongs to fr.js.

/** @type {typeof import("./en_out.js").out} */
export const out = {
  out: {
    bar: "Utiliser cet article",
    share: "Copier le lien de partage",
    pinned: "Copier le lien de l’image",
    more: "Plus",
    alt: "Copier le texte alternatif",
    toApp: "Partager",
    schedulers: "Pour les planificateurs",
    savedSchedulers:
      "Enregistré. Pour Buffer, importez captions.csv ; pour Hootsuite, captions-hootsuite.csv. Les deux sont dans le zip.",
    tapAgain: "Les images sont prêtes. Touchez encore « Partager ».",
    saveFirst: "Enregistrez d’abord vos modifications comme post, puis envoyez-le.",
    send: (name) => `Envoyer à ${name}`,
    sent: (name) => `Envoi vers ${name} en cours.`,
    done: {
      share: "Lien de partage copié.",
      storyShare: "Lien de partage de l’article copié. Il montre la carte de l’article, sans vos modifications.",
      pinned: "Lien de l’image copié.",
    },
  },
  withdraw: {
    button: "Retirer",
    heading: "Retirer cet article ?",
    hint:
      "Ses cartes, liens et posts ne fonctionneront plus nulle part. Pour le rétablir, le CMS de la rédaction " +
      "doit le renvoyer.",
    cancel: "Le garder",
    going: "Retrait de l’article en cours…",
    done: "L’article est retiré et ses cartes sont supprimées.",
  },
  photo: {
    none: "Cet article n’a pas de photo.",
    crop: "Recadrer",
    whole: "Tout montrer",
    cropHint: "Faites glisser les coins ou le cadre. Les touches fléchées déplacent l’élément actif.",
    frame: (width, height) => `Cadre, ${width} % de large, ${height} % de haut. Les touches fléchées le déplacent.`,
    corners: {
      topLeft: "Coin supérieur gauche du cadre",
      topRight: "Coin supérieur droit du cadre",
      bottomLeft: "Coin inférieur gauche du cadre",
      bottomRight: "Coin inférieur droit du cadre",
    },
    choose: "Choisir une autre photo",
    chooseFirst: "Choisir une photo",
    chooseHint: "Ou déposez-la ici, ou collez-la.",
    address: "Ou son adresse web",
    fetch: "Récupérer",
    credit: "Crédit (obligatoire)",
    creditHint: "Le ou la photographe et l’agence, comme sur la carte.",
    creditMissing: "Indiquez qui a pris la photo. D’ici là, les cartes ne la montrent pas.",
    alt: "Ce qu’elle montre",
    altHint: "Pour les personnes qui ne peuvent pas la voir. Fait partie du texte alternatif.",
    back: "Revenir à la photo de l’article",
    remove: "Retirer la photo",
    sending: "Ajout de la photo…",
    added: "Photo ajoutée.",
    tooLarge: "Ce fichier est trop lourd. Utilisez un fichier de 4,5 Mo au plus, ou son adresse web.",
    slow: "La préparation de la photo est longue. Réessayez dans quelques secondes.",
    noPicture: "Aucune photo n’a été trouvée à cette adresse.",
    unusable: "Ce fichier n’est pas une photo utilisable. Choisissez un fichier JPEG, PNG ou WebP.",
  },
};
