// A plain readable table: a caption, heads, rows of cells; the first cell heads its row.
import type { ReactNode } from 'react';

import { ScrollBox } from './scroll_box';

export interface SimpleTableProps {
  caption: string;
  heads: string[];
  rows: { key: string; cells: ReactNode[] }[];
  isShort?: boolean;                     // few short cells: stays a table on a phone
}

export function SimpleTable({ caption, heads, rows, isShort = false }: SimpleTableProps) {
  return (
    <ScrollBox label={caption}>
      <table className={isShort ? 'table short-table' : 'table record-table'}>
        <caption className="visually-hidden">{caption}</caption>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="plain-row">
              <th scope="row">{cells[0]}</th>
              {cells.slice(1).map((cell, index) => (
                <td key={heads[index + 1]} data-title={heads[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
