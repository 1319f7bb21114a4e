// Which page belongs to an address. Every page is a file of its own, loaded when first needed.
import { lazy } from 'react';
import type { ReactNode } from 'react';

import { ApiProblem } from '@/api/problem';
import { matchPath } from '@/lib/router';
import { ProblemPage } from '@/ui/problem_view';

const DeskPage = lazy(() => import('@/features/desk/desk_page'));
const RegisterPage = lazy(() => import('@/features/register/register_page'));
const RecordPage = lazy(() => import('@/features/record/record_page'));
const CreatePage = lazy(() => import('@/features/form/create_page'));
const EditPage = lazy(() => import('@/features/form/edit_page'));
const StepPage = lazy(() => import('@/features/form/step_page'));
const ImportPage = lazy(() => import('@/features/imports/import_page'));
const SearchPage = lazy(() => import('@/features/search/search_page'));
const WorkPage = lazy(() => import('@/features/work/work_page'));
const SignInPage = lazy(() => import('@/features/account/sign_in_page'));
const AccountPage = lazy(() => import('@/features/account/account_page'));
const PacksPage = lazy(() => import('@/features/packs/packs_page'));
const PackPage = lazy(() => import('@/features/packs/pack_page'));
const ModelPage = lazy(() => import('@/features/model/model_page'));
const IndicatorsPage = lazy(() => import('@/features/indicators/indicators_page'));
const IndicatorPage = lazy(() => import('@/features/indicators/indicator_page'));
const LettersPage = lazy(() => import('@/features/letters/letters_page'));
const LetterPage = lazy(() => import('@/features/letters/letter_page'));
const RoundsPage = lazy(() => import('@/features/form/rounds_page'));
const OverviewPage = lazy(() => import('@/features/form/overview_page'));
const SheetPage = lazy(() => import('@/features/form/sheet_page'));
const OpenDataPage = lazy(() => import('@/features/open_data/open_data_page'));
const AccountsPage = lazy(() => import('@/features/admin/accounts_page'));
const JournalPage = lazy(() => import('@/features/admin/journal_page'));
const OutboxPage = lazy(() => import('@/features/admin/outbox_page'));
const WebhooksPage = lazy(() => import('@/features/admin/webhooks_page'));
const ReadLogPage = lazy(() => import('@/features/admin/read_log_page'));
const ProcessingPage = lazy(() => import('@/features/admin/processing_page'));
const RetentionPage = lazy(() => import('@/features/admin/retention_page'));
const EmergencyPage = lazy(() => import('@/features/emergency/emergency_page'));
const HandoversPage = lazy(() => import('@/features/handover/handovers_page'));
const OfferPage = lazy(() => import('@/features/handover/offer_page'));
const ReadersPage = lazy(() => import('@/features/record/readers_page'));

type Params = Record<string, string>;

const kRoutes: [string, (params: Params) => ReactNode][] = [
  ['/', () => <DeskPage />],
  ['/overzicht/:pack/:desk', (p) => <DeskPage pack={p['pack'] ?? ''} desk={p['desk'] ?? ''} />],
  ['/registers/:pack/:form',
    (p) => <RegisterPage pack={p['pack'] ?? ''} form={p['form'] ?? ''} />],
  ['/registers/:pack/:form/nieuw',
    (p) => <CreatePage pack={p['pack'] ?? ''} form={p['form'] ?? ''} />],
  ['/registers/:pack/:form/inlezen',
    (p) => <ImportPage pack={p['pack'] ?? ''} form={p['form'] ?? ''} />],
  ['/records/:id', (p) => <RecordPage id={p['id'] ?? ''} />],
  ['/records/:id/wijzigen', (p) => <EditPage id={p['id'] ?? ''} kind="change" />],
  ['/records/:id/verbeteren', (p) => <EditPage id={p['id'] ?? ''} kind="correct" />],
  ['/records/:id/stap/:step', (p) => <StepPage id={p['id'] ?? ''} step={p['step'] ?? ''} />],
  ['/zoeken', () => <SearchPage />],
  ['/mijn-werk', () => <WorkPage />],
  ['/inloggen', () => <SignInPage />],
  ['/account', () => <AccountPage />],
  ['/cijfers', () => <IndicatorsPage />],
  ['/cijfers/:pack/:indicator',
    (p) => <IndicatorPage name={`${p['pack'] ?? ''}/${p['indicator'] ?? ''}`} />],
  ['/brieven', () => <LettersPage />],
  ['/brieven/:id', (p) => <LetterPage id={p['id'] ?? ''} />],
  ['/rondes', () => <RoundsPage />],
  ['/rondes/:pack/:round/:of',
    (p) => <OverviewPage round={`${p['pack'] ?? ''}/${p['round'] ?? ''}`} of={p['of'] ?? ''} />],
  ['/rondes/:pack/:round/:of/:who',
    (p) => <SheetPage round={`${p['pack'] ?? ''}/${p['round'] ?? ''}`} of={p['of'] ?? ''}
      who={p['who'] ?? ''} />],
  ['/open-data', () => <OpenDataPage />],
  ['/packs', () => <PacksPage />],
  ['/packs/:pack', (p) => <PackPage name={p['pack'] ?? ''} />],
  ['/packs/:pack/modellen/:model',
    (p) => <ModelPage pack={p['pack'] ?? ''} model={p['model'] ?? ''} />],
  ['/beheer/accounts', () => <AccountsPage />],
  ['/beheer/journaal', () => <JournalPage />],
  ['/beheer/berichten', () => <OutboxPage />],
  ['/beheer/webhooks', () => <WebhooksPage />],
  ['/beheer/leeslog', () => <ReadLogPage />],
  ['/beheer/verwerkingsregister', () => <ProcessingPage document="register" />],
  ['/beheer/pre-dpia', () => <ProcessingPage document="pre-dpia" />],
  ['/beheer/bewaartermijnen', () => <RetentionPage />],
  ['/noodtoegang', () => <EmergencyPage />],
  ['/records/:id/noodtoegang', (p) => <EmergencyPage record={p['id'] ?? ''} />],
  ['/overdrachten', () => <HandoversPage />],
  ['/records/:id/overdragen', (p) => <OfferPage id={p['id'] ?? ''} />],
  ['/records/:id/gekeken', (p) => <ReadersPage id={p['id'] ?? ''} />],
];

// What a page is of: things that packs and the product name, or one record (nothing in its address
// says which, but its title may). Null: there is no such page.
export function kindOfPage(path: string): 'named' | 'record' | null {
  const found = kRoutes.find(([pattern]) => matchPath(pattern, path));
  if (!found) return null;
  return /:(id|of)(\/|$)/.test(found[0]) ? 'record' : 'named';
}

export function pageFor(path: string): ReactNode {
  for (const [pattern, make] of kRoutes) {
    const params = matchPath(pattern, path);
    if (params) return make(params);
  }
  return <ProblemPage error={new ApiProblem(404, {})} />;
}
