// What another site copies to show a block or a figure.
import { expect, it } from 'vitest';

import { embedSnippet, queryOf } from './embed';

it('the snippet is a frame with a name, whatever signs the name has', () => {
  expect(embedSnippet('https://zicht.example', '/cijfers/a/b', 'Wie is "aan zet" & <waar>?')).toBe(
    '<iframe src="https://zicht.example/embed/cijfers/a/b" '
    + 'title="Wie is &quot;aan zet&quot; &amp; &lt;waar&gt;?" width="100%" height="480" '
    + 'loading="lazy"></iframe>');
});

it('a block takes its own filters along, and no others', () => {
  expect(queryOf('lijn.', '?lijn.f.kind=a~b&lijn.view=table&other.f.kind=c'))
    .toBe('?lijn.f.kind=a%7Eb&lijn.view=table');
  expect(queryOf('lijn.', '?other.q=x')).toBe('');
});
