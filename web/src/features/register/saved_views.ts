// Views that a person keeps in this browser: a name for a list's address state. Search words of
// forms about persons are never kept.
import { useState } from 'react';

import { recall, remember } from '@/lib/storage';

export interface SavedView {
  name: string;
  query: string;
}

export function useSavedViews(form: string) {
  const key = `views.${form}`;
  const [views, setViews] = useState<SavedView[]>(() => recall<SavedView[]>(key, []));
  const store = (next: SavedView[]) => {
    setViews(next);
    remember(key, next);
  };
  return {
    views,
    save: (view: SavedView) => {
      store([...views.filter((other) => other.name !== view.name), view]);
    },
    remove: (name: string) => { store(views.filter((view) => view.name !== name)); },
  };
}
