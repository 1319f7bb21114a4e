// Adding files: what is sent, what is said when it arrives or is refused, and that what is too
// large or too many is never sent. The server is a promise that the test keeps or breaks.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { UploadOptions } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import type { Attachment, Field } from '@/api/types';
import { AttachmentEditor } from './attachment_editor';
import { checkField } from './check';
import { emptyDraft } from './drafts';
import type { Draft } from './drafts';

const { uploadFile } = vi.hoisted(() => ({ uploadFile: vi.fn() }));
vi.mock('@/api/client', () => ({ uploadFile }));
vi.mock('@/api/queries', () => (
  { useCatalogue: () => ({ data: { packs: [], file_bytes: 1000 } }) }));

const field: Field = {
  type: 'attachment', label: { nl: 'Brieven', en: 'Letters' }, many: true, max_items: 2,
  accept: ['pdf', 'txt'],
};
let draft: Draft;

function Held({ of }: { of: Field }) {
  const [value, setValue] = useState<Draft>(emptyDraft(of));
  draft = value;
  return <AttachmentEditor form={{} as FormRef} field={of} path="letters" label="Brieven"
    errors={new Map()} value={value} onChange={setValue} />;
}

function fileOf(name: string, size = 3): File {
  return new File(['x'.repeat(size)], name);
}

function choose(files: File[]) {
  fireEvent.change(screen.getByLabelText(/Brieven/), { target: { files } });
}

function kept(name: string): Attachment {
  return { file: `id-of-${name}`, name, type: 'text/plain', size: 3 };
}

function checked(of = field) {
  return checkField(of, draft, { path: 'letters', label: 'Brieven', lang: 'nl' });
}

beforeEach(() => { uploadFile.mockReset(); });
afterEach(cleanup);

describe('the editor of files', () => {
  it('says what may be added', () => {
    render(<Held of={field} />);
    const text = document.getElementById('f-letters-hint')?.textContent;
    expect(text).toBe(
      'Hoogstens 2 bestanden. Elk bestand hoogstens 1.000 bytes. Mogelijk: pdf, txt.');
    expect(screen.getByLabelText(/Brieven/).getAttribute('accept')).toBe('.pdf,.txt');
  });

  it('shows how far a file is, waits with saving, and keeps what the server gave', async () => {
    let arrive: (file: Attachment) => void = () => undefined;
    uploadFile.mockImplementation((_file: File, options: UploadOptions) => {
      options.onProgress(0.4);
      return new Promise<Attachment>((resolve) => { arrive = resolve; });
    });
    render(<Held of={field} />);
    choose([fileOf('een.txt')]);
    expect(screen.getByRole('progressbar', { name: 'een.txt wordt verstuurd' })
      .getAttribute('value')).toBe('0.4');
    expect(checked().problems[0]?.key).toBe('check.file');
    arrive(kept('een.txt'));
    await screen.findByText('een.txt is toegevoegd.');
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(checked()).toEqual({ value: [kept('een.txt')], problems: [] });
  });

  it('says what the server refuses and what to do, until the file is taken away', async () => {
    uploadFile.mockRejectedValue(new ApiProblem(400, {
      title: 'Dit soort bestand nemen we niet aan.', detail: 'Sla het op als pdf.' }));
    render(<Held of={field} />);
    choose([fileOf('factuur.pdf')]);
    await screen.findByText('Dit soort bestand nemen we niet aan. Sla het op als pdf.');
    expect(checked().problems[0]?.values['name']).toBe('factuur.pdf');
    fireEvent.click(screen.getByRole('button', { name: 'Haal factuur.pdf weg' }));
    expect(checked()).toEqual({ problems: [] });
    await waitFor(() => { expect(document.activeElement?.id).toBe('f-letters'); });
  });

  it('sends nothing that is too large, and takes no more than there is room for', async () => {
    uploadFile.mockImplementation((file: File) => Promise.resolve(kept(file.name)));
    render(<Held of={field} />);
    choose([fileOf('groot.txt', 1001), fileOf('twee.txt'), fileOf('drie.txt')]);
    screen.getByText(/Dit bestand is te groot\. Een bestand mag 1\.000 bytes zijn/);
    await screen.findByText(
      'Er passen hoogstens 2 bestanden in dit veld. Haal er eerst een weg. '
        + 'twee.txt is toegevoegd.');
    expect(uploadFile).toHaveBeenCalledTimes(1);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect((screen.getByLabelText(/Brieven/) as HTMLInputElement).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Haal twee.txt weg' }));
    screen.getByText('twee.txt is weggehaald.');
  });

  it('holds files of which two arrive at once', async () => {
    const arrive: (() => void)[] = [];
    uploadFile.mockImplementation((file: File) => new Promise((resolve) => {
      arrive.push(() => { resolve(kept(file.name)); });
    }));
    render(<Held of={field} />);
    choose([fileOf('een.txt'), fileOf('twee.txt')]);
    arrive.forEach((one) => { one(); });
    await waitFor(() => { expect(checked().value).toEqual([kept('een.txt'), kept('twee.txt')]); });
  });

  it('stops sending what is taken away, and takes files that are dropped', () => {
    let signal: AbortSignal | undefined;
    uploadFile.mockImplementation((_file: File, options: UploadOptions) => {
      signal = options.signal;
      return new Promise(() => undefined);
    });
    const one = { ...field, many: false };
    const { container } = render(<Held of={one} />);
    fireEvent.drop(container.querySelector('.drop-zone') as Element,
      { dataTransfer: { files: [fileOf('een.txt')] } });
    expect(signal?.aborted).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Haal een.txt weg' }));
    expect(signal?.aborted).toBe(true);
    expect(checked(one)).toEqual({ problems: [] });
  });
});
