// A part of an address as text; null where it is written wrongly ('%' alone), which the browser
// answers with an exception that would take the page away.
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
