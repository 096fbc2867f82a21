import { z } from 'zod';
import { caCertificate, domainName, hostName, mailAddress, note, port, smtpPassword, smtpUserName } from './fields.ts';

/**
 * Which password to use. `saved` is accepted only while SMTP Server, User Name and CA Certificate are those it
 * was saved with (else 422 `password_required`); `account` takes that of an account from the vault, where SMTP Server and
 * User Name are the account's, and `default` that of the default account.
 */
export const passwordChoice = z.discriminatedUnion( 'use', [
	z.strictObject( { use: z.literal( 'typed' ), value: smtpPassword } ),
	z.strictObject( { use: z.literal( 'saved' ) } ),
	z.strictObject( { use: z.literal( 'default' ) } ),
	z.strictObject( { use: z.literal( 'account' ), id: z.uuid() } ),
] );
export type PasswordChoice = z.infer< typeof passwordChoice >;

const visible = {
	smtpServer: hostName,
	smtpPort: port,
	userName: smtpUserName,
	sendingDomain: domainName,
	note: note.default( '' ),
	/** Advanced, "Server Hostname (FQDN)"; null takes what the server calls itself. */
	serverHostname: domainName.nullable().default( null ),
	/** Advanced, "Mail for root"; null takes the address of the site's administrator from the actor. */
	rootMail: mailAddress.nullable().default( null ),
	/** Advanced, "CA Certificate": PEM, trusted in addition to the well-known roots. */
	caCertificate: caCertificate.nullable().default( null ),
};

/** What the form shows and the backend stores in the clear. */
export const gatewaySettings = z.strictObject( visible );
export type GatewaySettings = z.infer< typeof gatewaySettings >;

/** What the form sends. */
export const gatewaySettingsInput = z.strictObject( { ...visible, password: passwordChoice } );
export type GatewaySettingsInput = z.infer< typeof gatewaySettingsInput >;

/** Encryption is always on: implicit TLS on the ports that speak it, STARTTLS elsewhere. */
export const implicitTlsPorts: readonly number[] = [ 465, 2465, 8465, 443 ];

/** How Postfix will speak at a port. */
export const tlsModeOf = ( smtpPort: number ) => ( implicitTlsPorts.includes( smtpPort ) ? 'implicit' : 'starttls' );

/** Explicit choices an administrator makes after a refusal named them. */
export const consents = [ 'adopt_from_another_site', 'replace_foreign_postfix', 'install_anyway' ] as const;
export const installRequest = z.strictObject( {
	settings: gatewaySettingsInput,
	consents: z.array( z.enum( consents ) ).max( consents.length ).default( [] ),
} );
