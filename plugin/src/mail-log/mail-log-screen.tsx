import { problemFrom } from '../api/problem.ts';
import { thisPage } from '../page.ts';
import { WithBanner } from '../ui/backend-away.tsx';
import { cardBanner } from '../ui/card-banner.tsx';
import { Card, SectionHeading } from '../ui/card.tsx';
import { NotPaired } from '../ui/not-paired.tsx';
import { FleetMailLog } from './fleet-mail-log.tsx';
import { noFilter, readPage } from './source.ts';

/** Tools → Mail Log. */
export function MailLogScreen() {
	const { paired, servers } = thisPage();
	const source = { servers: new Map( servers.map( ( { id, name } ) => [ id, name ] ) ) };
	// what everyone who sees the page may ask
	const ask = () => readPage( source, { ...noFilter, hours: 1 }, null );
	return (
		<SectionHeading.Provider value="h2">
			{ paired ? (
				<WithBanner ask={ ask } problemOf={ problemFrom } banner={ cardBanner }>
					<Card>
						<FleetMailLog source={ source } />
					</Card>
				</WithBanner>
			) : (
				<NotPaired />
			) }
		</SectionHeading.Provider>
	);
}
