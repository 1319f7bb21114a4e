// Words alone on a desk: paragraphs apart by an empty line, with links as [words](address). What a
// pack may write there is checked when it is loaded; the rest is shown as it stands, never as HTML.
import type { ReactNode } from 'react';

import type { Block } from '@/api/types';
import { isEmbedded } from '@/lib/embed';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';

const kLink = /\[([^[\]]+)\]\((https:\/\/[^\s<>()"'\\]+|\/(?!\/)[^\s<>()"'\\]*)\)/;

function DeskLink({ to, children }: { to: string; children: ReactNode }) {
  if (to.startsWith('/')) return <Link to={to}>{children}</Link>;
  return (
    <a className="utrecht-link" href={to} rel="noreferrer"
      target={isEmbedded() ? '_top' : undefined}>
      {children}
    </a>
  );
}

// Between two links there is text; split() gives text, words, address, text, ...
function withLinks(paragraph: string): ReactNode[] {
  const parts = paragraph.split(kLink);
  return parts.flatMap<ReactNode>((part, at) => {
    if (at % 3 === 0) return [part];
    return at % 3 === 1 ? [<DeskLink key={at} to={parts[at + 1] ?? ''}>{part}</DeskLink>] : [];
  });
}

export function TextBlock({ block }: { block: Block }) {
  const { l } = useWords();
  const titleId = `block-${block.id}`;
  const paragraphs = (block.text ? l(block.text) : '').split(/\n\s*\n/);
  return (
    <section className="block" aria-labelledby={titleId} id={block.id}>
      <h2 id={titleId}>{l(block.title)}</h2>
      {paragraphs.map((paragraph, at) => <p key={at}>{withLinks(paragraph)}</p>)}
    </section>
  );
}
