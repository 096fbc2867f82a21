import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { password } from '../../backend/src/programs/test-gateway.ts';
import type { Provider } from '../provider/start.ts';
import { controlProvider } from '../torture/provider-control.ts';
import { stageOf, type Refusal } from './rows.ts';
import { userName, type Became, type Sender } from './sender.ts';

/** One refusal, met by the gateway of one server. */
export interface Played {
	refusal: Refusal;
	/** Of the server: `debian12`. */
	kind: string;
	became: Became;
	/** `waiting: account, quota_exceeded`; a dash where nothing told whose matter it is. */
	test: string;
	/** Copies in the provider's inbox after it was healed. */
	arrived: number;
}

/** What waits arrives once, what came back does not. */
export const isAsLabelled = ( { refusal: { waits }, became, test, arrived }: Played ): boolean =>
	became === ( waits ? 'waits' : 'bounces' ) &&
	test.startsWith( waits ? 'waiting: ' : 'refused: ' ) &&
	arrived === ( waits ? 1 : 0 );

/** It would have come back, did the words tell whose matter it is: what nobody can read waits, so that nothing is lost. */
export const isUnread = ( { refusal: { waits }, became, test, arrived }: Played ): boolean =>
	! waits && became === 'waits' && test.startsWith( 'waiting: –' ) && arrived === 1;

/** A mail that somebody could have saved, and that never arrived, or arrived twice. */
export const isLost = ( { refusal: { waits }, arrived }: Played ): boolean => waits && arrived !== 1;

/**
 * The provider refuses: a site's mail and a test email meet it on every server at once. Then it is healed, the waiting
 * mail delivered, and the site's mail looked for in the inbox.
 */
export async function playRefusal(
	refusal: Refusal,
	senders: readonly Sender[],
	provider: Provider
): Promise< Played[] > {
	const control = controlProvider( { ...provider, user: userName } );
	await control.setPassword( password.reveal() );
	const stage = stageOf[ refusal.stage ];
	if ( stage === undefined ) {
		throw new Error( `The provider knows no stage ${ refusal.stage }.` );
	}
	const mails = senders.map( ( sender ) => ( {
		sender,
		to: `${ randomBytes( 12 ).toString( 'hex' ) }@example.org`,
	} ) );
	await control.fail( { at: { [ stage ]: refusal.reply } } );
	try {
		const met = await Promise.all(
			mails.map( async ( { sender, to } ) => {
				const became = await sender.handIn( to );
				const { outcome, diagnosis } = await sender.test();
				return { sender, to, became, test: `${ outcome }: ${ diagnosis.whose ?? '–' }, ${ diagnosis.cause }` };
			} )
		);
		await control.heal();
		return await Promise.all(
			met.map( async ( { sender, to, became, test } ) => {
				await sender.deliver();
				// a second copy, were there one, would come with the same round
				await sleep( 500 );
				const arrived = ( await control.messages() ).filter( ( mail ) => mail.to.includes( to ) ).length;
				await sender.forget();
				return { refusal, kind: sender.kind, became, test, arrived };
			} )
		);
	} finally {
		await control.heal();
	}
}
