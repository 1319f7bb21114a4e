// A page of this site that a text field names: its words lead there, and its path stands beside
// them for who does not trust the words. Anything else is the text as it stands.
import { readPage } from '@/lib/page_words';
import { Link } from '@/lib/router';

export function PageValue({ text }: { text: string }) {
  const page = readPage(text);
  if (!page) return <>{text}</>;
  return (
    <>
      <Link to={page.path}>{page.words}</Link>
      {page.words !== page.path && <span className="muted small"> {page.path}</span>}
    </>
  );
}
