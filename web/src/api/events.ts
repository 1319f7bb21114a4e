// News from the server while a page is open: what changed is read again. A register only becomes
// stale, so that rows do not move under somebody's hand.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { keys } from './queries';

export function useServerEvents(isWanted: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isWanted) return;
    const source = new EventSource('/v1/events');
    source.addEventListener('record', (event: MessageEvent<string>) => {
      const { id, form } = JSON.parse(event.data) as { id: string; form: string };
      void client.invalidateQueries({ queryKey: keys.record(id) });
      void client.invalidateQueries({ queryKey: keys.search(form), refetchType: 'none' });
      void client.invalidateQueries({ queryKey: keys.rounds, refetchType: 'none' });
    });
    source.addEventListener('packs', () => {
      void client.invalidateQueries({ queryKey: keys.catalogue });
    });
    // What is seen changes with it, everywhere.
    source.addEventListener('handovers', () => { void client.invalidateQueries(); });
    source.addEventListener('tasks', () => {
      void client.invalidateQueries({ queryKey: keys.tasks });
    });
    return () => { source.close(); };
  }, [client, isWanted]);
}
