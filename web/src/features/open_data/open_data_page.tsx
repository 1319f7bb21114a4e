// What everybody may take: each dataset with what it is, how old, under which licence and as which
// files; and the catalogue for other catalogues. Made from that catalogue itself.
import { kCataloguePath, useOpenData } from '@/api/open_data';
import type { OpenData, OpenDataset } from '@/api/open_data';
import { formatDate, formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';

// "CC0 1.0" of an address of Creative Commons; another licence goes by its address.
export function licenceName(address: string): string {
  const zero = /creativecommons\.org\/publicdomain\/zero\/([\d.]+)/.exec(address);
  if (zero) return `CC0 ${zero[1] ?? ''}`;
  const named = /creativecommons\.org\/licenses\/([a-z-]+)\/([\d.]+)/.exec(address);
  return named ? `CC ${(named[1] ?? '').toUpperCase()} ${named[2] ?? ''}` : address;
}

function Files({ item }: { item: OpenDataset }) {
  const { t, l, lang } = useWords();
  return (
    <dd>
      <ul className="row plain-list">
        {item.files.map((file) => (
          <li key={file.address}>
            <a className="utrecht-link" download href={`${file.address}&language=${lang}`}
              aria-label={t('openData.file', { title: l(item.title), format: l(file.format) })}>
              {l(file.format)}
            </a>
          </li>
        ))}
      </ul>
    </dd>
  );
}

function Dataset({ item }: { item: OpenDataset }) {
  const { t, l, lang } = useWords();
  return (
    <article className="panel stack">
      <h3><Link className="utrecht-link" to={item.page}>{l(item.title)}</Link></h3>
      <p>{l(item.description)}</p>
      <dl className="facts">
        {item.on && (
          <div><dt>{t('openData.on')}</dt><dd>{formatDate(item.on, lang)}</dd></div>
        )}
        {item.issued && (
          <div><dt>{t('openData.issued')}</dt><dd>{formatMoment(item.issued, lang)}</dd></div>
        )}
        {item.modified && !item.issued && (
          <div><dt>{t('openData.modified')}</dt><dd>{formatMoment(item.modified, lang)}</dd></div>
        )}
        <div>
          <dt>{t('openData.licence')}</dt>
          <dd>
            <a className="utrecht-link" href={item.licence}>{licenceName(item.licence)}</a>
          </dd>
        </div>
        <div>
          <dt>{t('openData.keywords')}</dt>
          <dd>{item.keywords.map((word) => l(word)).join(', ')}</dd>
        </div>
        <div><dt>{t('openData.files')}</dt><Files item={item} /></div>
      </dl>
    </article>
  );
}

function About({ data }: { data: OpenData }) {
  const { t, l } = useWords();
  return (
    <section className="stack" aria-labelledby="for-catalogues">
      <h2 id="for-catalogues">{t('openData.catalogue')}</h2>
      <p>{t('openData.catalogueWords')}</p>
      <ul>
        {(['jsonld', 'turtle'] as const).map((format) => (
          <li key={format}>
            <a className="utrecht-link" href={`${kCataloguePath}?format=${format}`}>
              {t(`openData.${format}`)}
            </a>
          </li>
        ))}
      </ul>
      <dl className="facts">
        <div><dt>{t('openData.publisher')}</dt><dd>{l(data.publisher)}</dd></div>
        {data.themes.length > 0 && (
          <div>
            <dt>{t('openData.theme')}</dt>
            <dd>{data.themes.map((theme) => l(theme)).join(', ')}</dd>
          </div>
        )}
        {data.mail && (
          <div>
            <dt>{t('openData.contact')}</dt>
            <dd>
              <a className="utrecht-link" href={`mailto:${data.mail}`}>
                {t('openData.mail', { address: data.mail })}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

export default function OpenDataPage() {
  const { t } = useWords();
  const found = useOpenData();
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle />;
  const { datasets } = found.data;
  const groups = [
    { kind: 'edition', title: t('openData.editions') },
    { kind: 'indicator', title: t('openData.indicators') },
    { kind: 'register', title: t('openData.registers') },
  ] as const;
  return (
    <Page title={t('openData.title')} lead={t('openData.lead')}
      crumbs={[{ label: t('openData.title') }]}>
      <div className="stack-l">
        {datasets.length === 0 && <p>{t('openData.none')}</p>}
        {groups.map(({ kind, title }) => {
          const items = datasets.filter((item) => item.kind === kind);
          return items.length > 0 && (
            <section key={kind} className="stack" aria-labelledby={`open-${kind}`}>
              <h2 id={`open-${kind}`}>{title}</h2>
              {items.map((item) => <Dataset key={item.id} item={item} />)}
            </section>
          );
        })}
        <About data={found.data} />
      </div>
    </Page>
  );
}
