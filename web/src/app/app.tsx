// The whole: language, answers kept from the server, the frame, and the page of this address.
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback } from 'react';

import { setApiLanguage } from '@/api/client';
import { useServerEvents } from '@/api/events';
import { keys, useCatalogue, useSession } from '@/api/queries';
import { retryDelay, shouldRetry } from '@/api/retry';
import { isEmbedded } from '@/lib/embed';
import { LanguageProvider } from '@/lib/i18n';
import { usePath } from '@/lib/router';
import { ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { ErrorBoundary } from './error_boundary';
import { pageFor } from './routes';
import { Shell } from './shell';

const client = new QueryClient({
  defaultOptions: {
    queries: { retry: shouldRetry, retryDelay, staleTime: 30_000, networkMode: 'always' },
  },
});

const Embed = lazy(() => import('./embed'));

function Content() {
  const path = usePath();
  const catalogue = useCatalogue();
  const session = useSession();
  useServerEvents(catalogue.isSuccess);
  if (catalogue.isError) {
    return <ProblemPage error={catalogue.error} onRetry={() => void catalogue.refetch()} />;
  }
  if (catalogue.isPending || session.isPending) return <Skeleton hasTitle lines={9} />;
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<Skeleton hasTitle lines={9} />}>{pageFor(path)}</Suspense>
    </ErrorBoundary>
  );
}

function Localised() {
  const queries = useQueryClient();
  const onChange = useCallback((lang: string) => {
    setApiLanguage(lang);
    void queries.invalidateQueries({ queryKey: keys.session });
  }, [queries]);
  return (
    <LanguageProvider onChange={onChange}>
      {isEmbedded() ? <Suspense fallback={<Skeleton lines={6} />}><Embed /></Suspense>
        : <Shell><Content /></Shell>}
    </LanguageProvider>
  );
}

export function App() {
  return <QueryClientProvider client={client}><Localised /></QueryClientProvider>;
}
