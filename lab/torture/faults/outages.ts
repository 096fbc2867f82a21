import { setTimeout as pause } from 'node:timers/promises';
import { mustHold, type Fault } from '../fault.ts';
import { lastWords, sayEnd } from '../gateway.ts';
import { mustSucceed, type Patient } from '../patient.ts';
import { beginStream, type Stream } from '../stream.ts';

const beforeMs = 10_000;
const outageMs = 60_000;

interface Outage extends Pick< Fault, 'name' | 'goesWrong' > {
	begin( patient: Patient ): Promise< void >;
	/** Makes it right; words for the table. */
	end( patient: Patient ): Promise< string >;
	/** What is counted after all has arrived; words for the table. */
	count?( patient: Patient ): Promise< string >;
}

const outages: Outage[] = [
	{
		name: 'provider_down',
		goesWrong: 'The provider is down for 60 s under a steady stream',
		begin: ( { provider } ) => provider.fail( { down: true } ),
		end: ( { provider } ) => provider.heal().then( () => '' ),
	},
	{
		name: 'wrong_credentials',
		goesWrong: 'The password is changed at the provider, and 60 s later in the gateway, under a steady stream',
		begin: async ( { provider } ) => void ( await provider.newPassword() ),
		async end( { provider, install } ) {
			const ended = await install( { password: await provider.newPassword() } );
			mustHold(
				ended.job.result?.verb === 'install_gateway',
				`The new password: ${ sayEnd( ended ) }${ lastWords( ended ) }`
			);
			mustHold( ended.job.result.deliveredAfter > 0, 'No waiting message was told as delivered.' );
			return `${ sayEnd( ended ) }; `;
		},
	},
	{
		name: 'dropped_after_data',
		goesWrong:
			'The provider drops each connection after the whole message, without an answer, for 60 s under a steady stream',
		begin: ( { provider } ) => provider.fail( { at: { message: 'drop' } } ),
		end: ( { provider } ) => provider.heal().then( () => '' ),
		async count( { shell } ) {
			const dropped = Number(
				await shell( `grep -c 'may be sent more than once' /var/log/email-gateway/mail.log || true` )
			);
			mustHold( dropped > 0, 'No message was dropped after its data.' );
			return `; ${ dropped } times the log says “may be sent more than once”: such a provider may keep each of those copies`;
		},
	},
];

export const outageFaults: Fault[] = outages.map( ( { name, goesWrong, begin, end, count } ) => ( {
	name,
	goesWrong,
	async run( world ) {
		const patient = await world.freshServer();
		mustSucceed( await patient.install( { password: await patient.provider.newPassword() } ), 'The install' );
		const stream = await beginStream( patient, { forMs: beforeMs + outageMs + beforeMs } );
		await pause( beforeMs, undefined, { signal: world.signal } );
		await begin( patient );
		await pause( outageMs, undefined, { signal: world.signal } );
		const said = await end( patient );
		const healedAt = Date.now();
		const told = await streamArrives( stream, healedAt );
		return `${ said }${ told }${ ( await count?.( patient ) ) ?? '' }`;
	},
} ) );

/** All of it, each once. A message of an outage of 60 s is tried again after as long as it is old, and Postfix looks every 30 s. */
async function streamArrives( stream: Stream, healedAt: number ): Promise< string > {
	const { sent, refused, slowestMs } = await stream.ended();
	mustHold( refused === 0, `The server refused ${ refused } messages of its own sites.` );
	const { missing, twice, lastAt } = await stream.arrivals( { timeoutMs: 180_000 } );
	mustHold( missing === 0, `${ missing } of ${ sent } messages were lost.` );
	mustHold( twice === 0, `${ twice } of ${ sent } messages arrived more than once.` );
	const afterMs = Math.max( 0, lastAt - healedAt );
	mustHold(
		afterMs < 130_000,
		`The last message arrived only ${ Math.round( afterMs / 1000 ) } s after the recovery.`
	);
	return `${ sent } sent, 0 lost, 0 twice, the last ${ ( afterMs / 1000 ).toFixed(
		1
	) } s after the recovery; a site never waited longer than ${ slowestMs } ms`;
}
