// Rows as CSV in the way of the server's own files: RFC 4180, comma, CRLF, UTF-8. A text that a
// spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are.

function cellText(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(rows: string[][]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

export function csvBlob(rows: string[][]): Blob {
  return new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' });
}
