// Signing out: the session ends, and with it everything that was kept for this person.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import { request, setCsrfToken, setPurpose } from '@/api/client';
import { navigate } from '@/lib/router';
import { forgetDrafts } from '@/lib/storage';

export function useSignOut(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void request('/v1/session', { method: 'DELETE' }).finally(() => {
      setCsrfToken('');
      setPurpose('');
      forgetDrafts();
      queries.clear();
      navigate('/');
    });
  }, [queries]);
}
