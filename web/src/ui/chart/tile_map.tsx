// A map of equal tiles, one for each place: its short name and what is known of it, by shape, tint
// and word. Each tile is a link; the arrow keys walk over them.
import { useState } from 'react';
import type { KeyboardEvent } from 'react';

import type { Meaning } from '@/api/types';
import { inReadingOrder, neighbour } from '@/lib/chart/tiles';
import type { TilePosition } from '@/lib/chart/tiles';
import { Link } from '@/lib/router';
import { ShapeMark } from '../status';
import './tile_map.css';

export interface Tile extends TilePosition {
  short: string;
  value: string;                 // in words; empty: nothing is known
  meaning?: Meaning | undefined; // of the value, where it has one
  spoken: string;                // all of it in a sentence, the name first
  isMarked?: boolean;            // with a mark in its corner; the sentence says of what
  to: string;
}

export interface TileMapProps {
  tiles: Tile[];
  label: string;
  hint: string;                  // stands below while no tile is pointed at
}

function Face({ tile }: { tile: Tile }) {
  return (
    <span aria-hidden="true" className="tile-face">
      <span className="tile-name">{tile.short}</span>
      {tile.meaning && <svg viewBox="0 0 16 16"><ShapeMark meaning={tile.meaning} /></svg>}
      <span className={tile.meaning ? 'tile-value is-told' : 'tile-value'}>
        {tile.value || '–'}
      </span>
    </span>
  );
}

export function TileMap({ tiles, label, hint }: TileMapProps) {
  const [current, setCurrent] = useState('');
  const [shown, setShown] = useState('');
  const ordered = inReadingOrder(tiles);
  const first = ordered.find(({ id }) => id === current) ?? ordered[0];
  const columns = ordered.map(({ column }) => column);
  const west = Math.min(...columns);
  const north = ordered[0]?.row ?? 0;
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = first && neighbour(ordered, first, event.key);
    if (!next || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-id="${next.id}"]`)?.focus();
  };
  return (
    <div className="tile-box stack-s">
      {/* The keys bubble up from the links, which are what is operated. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div className="tile-map" role="group" aria-label={label} onKeyDown={walk}
        style={{ gridTemplateColumns: `repeat(${Math.max(...columns) - west + 1},
          minmax(0, var(--tile-size)))` }}
        onMouseLeave={() => { setShown(''); }}>
        {ordered.map((tile) => (
          <Link key={tile.id} to={tile.to} data-id={tile.id}
            className={`tile ${tile.meaning ? `is-${tile.meaning}` : 'is-plain'}${
              tile.value ? '' : ' is-empty'}${tile.isMarked ? ' is-marked' : ''}`}
            style={{ gridColumn: tile.column - west + 1, gridRow: tile.row - north + 1 }}
            tabIndex={tile.id === first?.id ? 0 : -1}
            onFocus={() => { setCurrent(tile.id); setShown(tile.spoken); }}
            onBlur={() => { setShown(''); }}
            onMouseEnter={() => { setShown(tile.spoken); }}>
            <Face tile={tile} />
            <span className="visually-hidden">{tile.spoken}</span>
          </Link>
        ))}
      </div>
      <p className="tile-detail small" aria-hidden="true">{shown || hint}</p>
    </div>
  );
}
