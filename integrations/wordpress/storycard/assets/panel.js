// The panel of the block editor. Plain JavaScript: nothing has to be built.
(function (wp, words) {
  const h = wp.element.createElement;
  const { useState, useEffect, useRef } = wp.element;
  const { useSelect, useDispatch } = wp.data;
  const { Button, SelectControl, TextControl, TextareaControl } = wp.components;
  // WordPress 6.6 moved it.
  const DocumentPanel = (wp.editor && wp.editor.PluginDocumentSettingPanel) || wp.editPost.PluginDocumentSettingPanel;
  const kinds = { headline: words.headlineCard, bullet: words.bulletCard, quote: words.quoteCard };
  const PAUSES = [1500, 4000, 10000, 25000]; // ms after a save, until its cards should be there
  // What newer versions will do anyway; older ones ignore it.
  const modern = { __nextHasNoMarginBottom: true, __next40pxDefaultSize: true };

  /** Saves a card as a file. A plain link would open it, because it is on another site. */
  async function download(card) {
    const answer = await fetch(card.url);
    if (!answer.ok) throw new Error(answer.statusText);
    const address = URL.createObjectURL(await answer.blob());
    const link = Object.assign(document.createElement("a"), { href: address, download: card.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  /** Returns the panel's state from the server, again after each save, and a function that calls a route. */
  function usePanel(postId, isPublished, isSaving) {
    const [state, setState] = useState(null);
    const [problem, setProblem] = useState("");
    const wasSaving = useRef(false);
    const call = (method, route) =>
      wp.apiFetch({ path: `/storycard/v1/posts/${postId}/${route}`, method }).then(
        (answer) => { setState(answer); setProblem(""); },
        () => setProblem(words.failed),
      );
    useEffect(() => { if (isPublished) call("GET", "cards"); }, [postId]);
    useEffect(() => {
      const saved = wasSaving.current && !isSaving;
      wasSaving.current = isSaving;
      if (!saved) return undefined;
      const timers = PAUSES.map((pause) => setTimeout(() => call("GET", "cards"), pause));
      return () => timers.forEach(clearTimeout);
    }, [isSaving]);
    return { state, problem, setProblem, call };
  }

  function Fields() {
    const meta = useSelect((select) => select("core/editor").getEditedPostAttribute("meta"), []);
    const { editPost } = useDispatch("core/editor");
    if (!meta) return null;
    const field = (Control, key, label, help) =>
      h("div", { key, style: { marginBottom: "16px" } },
        h(Control, { ...modern, label, help, value: meta[key] || "", onChange: (value) => editPost({ meta: { [key]: value } }) }));
    return [
      field(TextareaControl, "_storycard_key_fact", words.keyFact, words.keyFactHelp),
      field(TextareaControl, "_storycard_quote", words.quote, words.quoteHelp),
      field(TextControl, "_storycard_quote_speaker", words.speaker),
      field(TextControl, "_storycard_social_headline", words.social, words.socialHelp),
    ];
  }

  function Card({ cards, kind, failed }) {
    const [format, setFormat] = useState("square");
    const card = cards.find((each) => each.format === format) || cards[0];
    const options = cards.map((each) => ({ value: each.format, label: words.formats[each.format] || each.format }));
    return h("div", { className: "storycard-card", style: { marginBottom: "20px" } },
      h("img", { src: card.url, alt: card.alt, style: { display: "block", width: "100%", height: "auto", border: "1px solid #ddd", marginBottom: "8px" } }),
      h(SelectControl, { ...modern, label: `${kinds[kind]}: ${words.cardFormat}`, value: card.format, options, onChange: setFormat }),
      h(Button, { variant: "secondary", style: { marginTop: "8px" }, onClick: () => download(card).catch(failed) }, words.download));
  }

  function Panel() {
    const { postId, isPublished, isSaving } = useSelect((select) => {
      const editor = select("core/editor");
      return {
        postId: editor.getCurrentPostId(),
        isPublished: editor.isCurrentPostPublished(),
        isSaving: editor.isSavingPost() && !editor.isAutosavingPost(),
      };
    }, []);
    const { state, problem, setProblem, call } = usePanel(postId, isPublished, isSaving);
    const cards = (state && state.cards) || [];
    const shown = Object.keys(kinds).filter((kind) => cards.some((card) => card.kind === kind));
    return h(DocumentPanel, { name: "storycard", title: words.title },
      h(Fields),
      problem && h("p", { role: "alert" }, problem),
      !isPublished && h("p", null, words.none),
      isPublished && state && h("p", { "aria-live": "polite" }, state.status),
      isPublished && state && !shown.length && h("p", null, words.making),
      shown.map((kind) => h(Card, { key: kind, kind, cards: cards.filter((card) => card.kind === kind), failed: () => setProblem(words.failed) })),
      isPublished && h("div", { style: { display: "flex", gap: "8px", flexWrap: "wrap" } },
        shown.length > 0 && h(Button, { variant: "primary", href: state.studio, target: "_blank", rel: "noopener" },
          words.studio, h("span", { className: "screen-reader-text" }, ` ${words.opensTab}`)),
        h(Button, { variant: "tertiary", onClick: () => call("POST", "send") }, words.again)));
  }

  wp.plugins.registerPlugin("storycard", { icon: "format-image", render: Panel });
})(window.wp, window.storycardWords);
