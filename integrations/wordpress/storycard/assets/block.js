// The block that shows a card. Plain JavaScript: nothing has to be built.
(function (wp, words) {
  const h = wp.element.createElement;
  const { PanelBody, SelectControl } = wp.components;
  const kinds = { headline: words.headlineCard, bullet: words.bulletCard, quote: words.quoteCard };
  // What newer versions will do anyway; older ones ignore it.
  const modern = { __nextHasNoMarginBottom: true, __next40pxDefaultSize: true };

  wp.blocks.registerBlockType("storycard/card", {
    edit({ attributes, setAttributes, context }) {
      const options = (values) => Object.entries(values).map(([value, label]) => ({ value, label }));
      const choose = (name, label, values) =>
        h(SelectControl, { ...modern, label, value: attributes[name], options: options(values), onChange: (value) => setAttributes({ [name]: value }) });
      const shown = { ...attributes, postId: attributes.postId || context.postId || 0 };
      return h("div", wp.blockEditor.useBlockProps(),
        h(wp.blockEditor.InspectorControls, null,
          h(PanelBody, { title: words.title }, choose("kind", words.cardKind, kinds), choose("format", words.cardFormat, words.formats))),
        h(wp.serverSideRender, { block: "storycard/card", attributes: shown, EmptyResponsePlaceholder: () => h("p", null, words.noCard) }));
    },
    save: () => null,
  });
})(window.wp, window.storycardWords);
