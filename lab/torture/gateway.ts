import { readFileSync } from 'node:fs';
import type { JobEvent, JobView } from '@email-gateway/shared';
import { errorWords } from '../../plugin/src/words/errors.ts';
import type { Server } from '../servers/server.ts';
import type { Backend } from './backends.ts';
import { seenFingerprint } from '../../backend/test-fixtures/seen-fingerprint.ts';

/** A job that has ended, and everything that was told about it. */
export interface Ended {
	job: JobView;
	events: JobEvent[];
}

type Consent = 'replace_foreign_postfix' | 'adopt_from_another_site' | 'install_anyway';

export interface Wishes {
	/** Left out: the saved one. */
	password?: string;
	smtpPort?: number;
	serverHostname?: string;
	consents?: Consent[];
}

/** What a person does to one server, asked of a backend as the site asks it. */
export interface Gateway {
	/** Saves the connection and trusts the key that the server shows now. */
	connect(): Promise< void >;
	/** Asks, and resolves with the job's id. */
	beginInstall( wishes: Wishes ): Promise< string >;
	beginRemove( options?: { waitingMail?: 'refuse' | 'save' } ): Promise< string >;
	/** Delivers the queue of the mail system that was here before. */
	beginDeliverFormer(): Promise< string >;
	ended( jobId: string, options?: { timeoutMs?: number } ): Promise< Ended >;
}

const saved = { use: 'saved' } as const;
const longestJobMs = 300_000;

export function gatewayOn(
	server: Server,
	{ backend, serverId, provider }: { backend: Backend; serverId: number; provider: { host: string; user: string } }
): Gateway {
	const { site } = backend;
	/** A door that is just being started again answers nothing; one that refuses says why. */
	const ended = async ( jobId: string, { timeoutMs = longestJobMs } = {} ): Promise< Ended > => {
		for ( const giveUpAt = Date.now() + timeoutMs; ;  ) {
			const answer = await site.call( 'readJob', { serverId, jobId } ).catch( () => null );
			if ( answer?.status === 200 && ! [ 'queued', 'running' ].includes( answer.body.job.state ) ) {
				return answer.body;
			}
			if ( Date.now() > giveUpAt ) {
				const seen = answer?.body.events?.map( ( event ) =>
					[ event.type, 'step' in event ? event.step : '' ].join( ' ' )
				);
				throw new Error( `The job did not end within ${ timeoutMs / 1000 } s: ${ JSON.stringify( seen ) }` );
			}
			await new Promise( ( resolve ) => setTimeout( resolve, 250 ) );
		}
	};
	const accepted = ( { status, body }: { status: number; body: { jobId: string } } ) => {
		if ( status !== 202 ) {
			throw new Error( `The backend refused: ${ JSON.stringify( body ) }` );
		}
		return body.jobId;
	};
	return {
		ended,
		async connect() {
			const privateKey = { use: 'typed', value: readFileSync( server.keyFile, 'utf8' ) } as const;
			const connection = {
				host: server.host,
				sshUser: server.sshUser,
				signIn: { kind: 'private_key', privateKey },
			} as const;
			const saved = await site.call( 'saveConnection', { serverId, body: { connection } } );
			const { job } = await ended( accepted( saved ) );
			const fingerprint = seenFingerprint( job );
			const trusted = await site.call( 'trustHostKey', { serverId, body: { fingerprint } } );
			const checked = await ended( accepted( trusted ) );
			if ( checked.job.state !== 'succeeded' ) {
				throw new Error( `The server cannot be reached: ${ sayEnd( checked ) }` );
			}
		},
		async beginInstall( { password, smtpPort = 587, serverHostname, consents = [] } ) {
			const settings = {
				smtpServer: provider.host,
				smtpPort,
				userName: provider.user,
				sendingDomain: 'example.com',
				serverHostname: serverHostname ?? null,
				password: password === undefined ? saved : ( { use: 'typed', value: password } as const ),
			};
			return accepted( await site.call( 'installGateway', { serverId, body: { settings, consents } } ) );
		},
		beginDeliverFormer: async () => accepted( await site.call( 'deliverFormerMail', { serverId } ) ),
		async beginRemove( { waitingMail = 'refuse' } = {} ) {
			return accepted( await site.call( 'removeGateway', { serverId, body: { waitingMail } } ) );
		},
	};
}

/** How a job ended, in the words that the screen has for it. */
export function sayEnd( { job: { state, error, result } }: Ended ): string {
	if ( error ) {
		const { happened } = errorWords( error.code, error.detail );
		const changed = {
			nothing: 'nothing was changed',
			undone: 'everything was rolled back',
			unknown: 'to be looked at',
		};
		return `“${ happened.length > 160 ? `${ happened.slice( 0, 150 ) }…` : happened }” (${ error.code }, ${
			changed[ error.changed ]
		})`;
	}
	if ( result?.verb === 'install_gateway' && result.deliveredAfter > 0 ) {
		return `${ state }, “${ result.deliveredAfter } waiting messages delivered”`;
	}
	return state;
}

/** The last words of a server about a failure, for whoever looks for its reason. */
export const lastWords = ( { job: { error } }: Ended ) =>
	error ? ` ${ JSON.stringify( error.detail ).slice( 0, 1_500 ) }` : '';
