import type { ChannelView, OwnAlertsView } from '@email-gateway/shared';
import type { Page } from '../page.ts';
import { exampleView } from '../server/screen.example.tsx';
import type { ScreenState } from './state.ts';

const at = '2026-11-29T12:00:00Z';
export const ownChannel = ( n: number, change: Partial< ChannelView > = {} ): ChannelView => ( {
	...{ id: `00000000-0000-4000-8000-00000000000${ n }`, kind: 'webhook', name: '', owner: null, weekly: false },
	...{ shown: 'hooks.example', account: null, lastDeliveredAt: null, lastFailedAt: null, lastDelivery: null },
	...change,
} );
export const ownAlerts = ( change: Partial< OwnAlertsView > = {} ): OwnAlertsView => ( {
	...{ channels: [], mail: 'ann@example.org', signingSecret: null },
	...change,
} );

/** What an owner of a server may, who manages no site. */
export const ownerOnPage: Pick< Page, 'may' | 'ownsServer' > = {
	may: [ 'run_gateway', 'see_mail_log' ],
	ownsServer: true,
};
const summary = 'Tell Me When Something Is Wrong';
const state = ( name: string, alerts: OwnAlertsView, press: readonly string[] = [] ): ScreenState => ( {
	...{ name, screen: 'server', press: [ summary, ...press ] },
	page: ownerOnPage,
	answers: { 'GET /servers/12': exampleView(), 'GET /servers/12/alerts': alerts },
} );
const delivery = ( outcome: 'delivered' | 'waiting' | 'failed', answer: string | null = null ) => ( {
	lastDelivery: { at, outcome, answer, isTest: true },
} );

export const ownAlertStates: ScreenState[] = [
	state( 'own-alerts-none', ownAlerts() ),
	state( 'own-alerts-add', ownAlerts( { mail: null } ), [ 'Add Channel' ] ),
	state(
		'own-alerts-channels',
		ownAlerts( {
			channels: [
				ownChannel( 1, {
					kind: 'email',
					shown: 'ann@example.org',
					weekly: true,
					...delivery( 'failed', 'not_sent' ),
				} ),
				ownChannel( 2, { name: 'On call', ...delivery( 'delivered' ) } ),
			],
		} )
	),
];
