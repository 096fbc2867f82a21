import { createTransport } from 'nodemailer';
import { getCACertificates } from 'node:tls';
import { implicitTlsPorts } from '@email-gateway/shared';
import type { TryEnd } from '../../db/alert-deliveries.ts';
import { cut, type Channel, type Outgoing } from '../channel.ts';
import { mailText } from '../mail-text.ts';
import { addressOf, failedEnd, timeoutMs } from '../post.ts';

/** By an account, from here: what tells that mail does not work must not need the gateway that does not work. */
export const email: Channel< 'email' > = {
	shown: ( { to } ) => to,
	async send( target, outgoing, { allowedPrivateRanges, receiver, signIn } ) {
		if ( ! signIn ) {
			return { answer: 'no_target', isFinal: true };
		}
		const { smtpServer: host, smtpPort: port } = signIn;
		const signal = AbortSignal.timeout( timeoutMs );
		try {
			const address = receiver?.address ?? ( await addressOf( host, allowedPrivateRanges, signal ) );
			const transport = createTransport( {
				// the address that was judged, under the name that its certificate must have
				...{ host: address, port: receiver?.port ?? port, name: 'email-gateway.invalid' },
				...{ secure: implicitTlsPorts.includes( port ), requireTLS: true },
				auth: { user: signIn.userName, pass: signIn.password },
				tls: {
					servername: host,
					minVersion: 'TLSv1.2',
					ca: [ ...getCACertificates( 'default' ), ...caOf( receiver ) ],
				},
				...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
				...{ disableFileAccess: true, disableUrlAccess: true },
			} );
			await transport.sendMail( emailOf( target, outgoing ) ).finally( () => transport.close() );
			return { answer: null };
		} catch ( error ) {
			return endOf( error );
		}
	},
};

const caOf = ( receiver: { ca: string } | undefined ) => ( receiver ? [ receiver.ca ] : [] );

/** One recipient, no reply that a machine would write, and one thread for each trouble. */
export function emailOf( { to, from }: { to: string; from: string }, { id, message }: Outgoing ) {
	const { subject, text, html } = mailText( message );
	const domain = from.slice( from.lastIndexOf( '@' ) + 1 );
	return {
		to: { name: '', address: to },
		from: { name: 'Email Gateway', address: from },
		subject: cut( subject, 200 ),
		...{ text, html },
		// what follows of the same trouble refers to its first message
		messageId: `<${ message.kind === 'opened' ? message.incident : id }@${ domain }>`,
		...( [ 'still', 'over' ].includes( message.kind )
			? { references: `<${ message.incident }@${ domain }>` }
			: {} ),
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
	};
}

/** A provider's own words stay out of it: its code says enough. */
function endOf( error: unknown ): TryEnd {
	const { responseCode } = error as { responseCode?: number };
	if ( typeof responseCode === 'number' && responseCode >= 400 ) {
		return { answer: `SMTP ${ responseCode }`, isFinal: responseCode >= 500 };
	}
	return failedEnd( error );
}
