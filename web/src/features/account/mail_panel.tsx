// Whether, where and how often somebody hears of tasks by mail.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { request } from '@/api/client';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';

type Wish = 'never' | 'at_once' | 'daily';

interface MailWish {
  wish: Wish;
  address: string;
  language: 'nl' | 'en';
  possible: boolean;
}

const kWishes: Wish[] = ['never', 'at_once', 'daily'];
const kMail = ['session', 'mail'];

function useWishChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Omit<MailWish, 'possible'>) => request<MailWish>('/v1/session/mail',
      { method: 'PUT', idempotencyKey: randomKey(), body: wish }),
    onSuccess: (after) => { queries.setQueryData(kMail, after); },
  });
}

function MailForm({ now }: { now: MailWish }) {
  const { t, lang } = useWords();
  const [wish, setWish] = useState(now.wish);
  const [address, setAddress] = useState(now.address);
  const change = useWishChange();
  return (
    <form className="form" noValidate onSubmit={(event) => {
      event.preventDefault();
      change.mutate({ wish, address, language: lang });
    }}>
      {change.isError && <ProblemNotice error={change.error} />}
      {change.isSuccess && (
        <Notice meaning="done" role="status"><p>{t('record.saved')}</p></Notice>
      )}
      <GroupFrame id="mail-wish" label={t('mail.wish')}>
        {kWishes.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="mail-wish" className="utrecht-checkbox"
              checked={wish === one} onChange={() => { setWish(one); }} />
            {t(`mail.${one}`)}
          </label>
        ))}
      </GroupFrame>
      {wish !== 'never' && (
        <TextField id="mail-address" label={t('mail.address')} hint={t('mail.addressHint')}
          type="email" autoComplete="email" value={address} onChange={setAddress} />
      )}
      <div><Button type="submit">{t('common.save')}</Button></div>
    </form>
  );
}

export function MailPanel() {
  const { t } = useWords();
  const wish = useQuery({ queryKey: kMail, queryFn: () => request<MailWish>('/v1/session/mail') });
  if (!wish.data?.possible) return null;
  return (
    <section className="stack">
      <h2>{t('mail.title')}</h2>
      <p>{t('mail.lead')}</p>
      <MailForm now={wish.data} />
    </section>
  );
}
