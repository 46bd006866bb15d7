// Names the modules of a story's page, so that they are loaded at once, and not one level of imports after the other.

export const storyModules = [
  "core/history.js", "core/store.js", "core/tasks.js", "edit/crop.js", "edit/dragging.js", "edit/facts.js", "edit/fields.js",
  "edit/focal.js", "edit/form.js", "edit/formats.js", "edit/limits.js", "edit/notices.js", "edit/order.js",
  "edit/other_photo.js", "edit/photo.js", "edit/pointing.js", "edit/quote.js", "edit/upload.js", "posts/autosave.js",
  "posts/conflict.js", "posts/content.js", "posts/keeper.js", "posts/names.js", "posts/outdated.js", "posts/panel.js",
  "posts/quoted.js", "posts/review.js", "posts/text.js", "story/beside.js", "story/card.js", "story/changes.js",
  "story/differences.js", "story/frames.js", "story/heading.js", "story/kinds.js", "story/links.js", "story/live.js",
  "story/notices.js", "story/own_texts.js", "story/picture.js", "story/preview_alt.js", "story/previews.js",
  "story/slides.js", "story/stage.js", "story/state.js", "story/story.js", "story/toolbar.js", "story/versions.js",
  "take/actions.js", "take/bar.js", "take/busy.js", "take/clipboard.js", "take/files.js", "take/gate.js", "take/more.js",
  "take/orders.js", "take/send.js", "take/share.js", "take/withdraw.js",
];
