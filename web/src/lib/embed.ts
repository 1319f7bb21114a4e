// A page inside another site: one block or one figure under '/embed/'. There nobody is signed in,
// and what leads elsewhere opens in the whole window, not in the frame.

export const kEmbed = '/embed';

export function isEmbedded(): boolean {
  return window.location.pathname.startsWith(`${kEmbed}/`);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

// What another site puts in its page. `path`: of the full page, such as '/cijfers/a/b?validOn=…'.
export function embedSnippet(origin: string, path: string, title: string): string {
  return `<iframe src="${escaped(origin + kEmbed + path)}" title="${escaped(title)}" width="100%"`
    + ' height="480" loading="lazy"></iframe>';
}

// Of the query of a page only what belongs to one block: its filters and how it is shown.
export function queryOf(prefix: string, search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([key]) => key.startsWith(prefix));
  const text = new URLSearchParams(kept).toString();
  return text && `?${text}`;
}
