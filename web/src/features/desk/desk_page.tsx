// A desk: a page made of blocks, as its pack describes it.
import { allDesks } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { ApiProblem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { useHashPlace } from '@/lib/use_hash_place';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { DeskBlock } from './desk_block';
import { isTile, rowsOfBlocks } from './rows_of_blocks';
import './desk.css';

export function DeskPage({ pack, desk: id }: { pack?: string; desk?: string }) {
  const { l, t } = useWords();
  useHashPlace();
  const desks = allDesks(useCatalogue().data ?? { packs: [] });
  const found = id ? desks.find((one) => one.pack.name === pack && one.id === id) : desks[0];
  if (!found) {
    return id ? <ProblemPage error={new ApiProblem(404, {})} />
      : <Page title={t('app.name')} lead={t('desk.empty')} />;
  }
  const { desk } = found;
  return (
    <Page title={l(desk.title)} lead={l(desk.lead)} tools={<ShareTools />}
      crumbs={id ? [{ label: t('nav.desks') }, { label: l(desk.title) }] : []}>
      <div className="stack-l">
        {rowsOfBlocks(desk.blocks).map((row) => (
          <div key={row[0]?.id} className={row.every(isTile) ? 'tiles' : undefined}>
            {row.map((block) => <DeskBlock key={block.id} desk={found} block={block} />)}
          </div>
        ))}
      </div>
    </Page>
  );
}

export default DeskPage;
