import type { FoundSettings, GatewaySettings, RequestOf } from '@email-gateway/shared';
import { presetOfServer } from '@email-gateway/shared/presets';

type SettingsInput = RequestOf< 'installGateway' >[ 'settings' ];

/** The fields as typed. */
export interface SettingsValues {
	smtpServer: string;
	smtpPort: string;
	userName: string;
	/** Empty keeps the saved one. */
	password: string;
	/** Id of the account whose saved password is used instead; it is never sent to a browser. */
	account: string | null;
	sendingDomain: string;
	note: string;
	serverHostname: string;
	rootMail: string;
	caCertificate: string;
}

type Visible = Pick< GatewaySettings, 'smtpServer' | 'smtpPort' | 'userName' | 'sendingDomain' | 'note' > &
	Partial< Pick< GatewaySettings, 'serverHostname' | 'rootMail' | 'caCertificate' > >;

export function settingsValues( settings: Visible | null ): SettingsValues {
	return {
		smtpServer: settings?.smtpServer ?? '',
		smtpPort: String( settings?.smtpPort ?? 587 ),
		userName: settings?.userName ?? '',
		password: '',
		account: null,
		sendingDomain: settings?.sendingDomain ?? '',
		note: settings?.note ?? '',
		serverHostname: settings?.serverHostname ?? '',
		rootMail: settings?.rootMail ?? '',
		caCertificate: settings?.caCertificate ?? '',
	};
}

/**
 * The form after an account was loaded. What the account does not speak of stays, except the CA Certificate: its saved
 * password is not for a provider that needs one.
 */
export function withAccount( values: SettingsValues, account: Visible & { id: string } ): SettingsValues {
	const { serverHostname, rootMail } = values;
	return { ...settingsValues( account ), serverHostname, rootMail, account: account.id };
}

/** The form after Find Settings: what a mail domain told, and the domain itself where none was typed. */
export function withFound(
	values: SettingsValues,
	{ found, domain }: { found: FoundSettings; domain: string }
): Partial< SettingsValues > {
	return {
		smtpServer: found.smtpServer,
		smtpPort: String( found.smtpPort ),
		userName: found.userName ?? values.userName,
		sendingDomain: values.sendingDomain || domain,
		account: null,
	};
}

/** True where the saved password still belongs to what is typed: same SMTP Server, User Name and CA Certificate. */
export function keepsPassword( values: SettingsValues, saved: Visible | null ): boolean {
	return (
		saved !== null &&
		saved.smtpServer === values.smtpServer.trim().toLowerCase() &&
		saved.userName === values.userName &&
		( saved.caCertificate ?? '' ) === values.caCertificate.trim()
	);
}

/** An app password is shown in four groups of four letters; the blanks between them are none of it. */
function withoutGroups( password: string, smtpServer: string ): string {
	const isGrouped = /^[a-z]{4}( [a-z]{4}){3}$/.test( password );
	return isGrouped && presetOfServer( smtpServer )?.password === 'app_password'
		? password.replaceAll( ' ', '' )
		: password;
}

function passwordOf( { password, account, smtpServer }: SettingsValues ): SettingsInput[ 'password' ] {
	if ( account !== null ) {
		return { use: 'account', id: account };
	}
	return password === '' ? { use: 'saved' } : { use: 'typed', value: withoutGroups( password, smtpServer ) };
}

const portOf = ( text: string ) => ( text.trim() === '' ? Number.NaN : Number( text ) );
const orNull = ( text: string ) => ( text.trim() === '' ? null : text );

/** What is sent for one server. An empty password means "keep"; whether that is allowed is the backend's decision. */
export function settingsInput( values: SettingsValues ): SettingsInput {
	return {
		...accountInput( values ),
		serverHostname: orNull( values.serverHostname ),
		rootMail: orNull( values.rootMail ),
		caCertificate: orNull( values.caCertificate ),
	};
}

type AccountInput = RequestOf< 'saveAccount' >[ 'account' ];

/** What is sent of an account, besides how it is called. */
export function accountInput(
	values: SettingsValues
): Omit< AccountInput, 'id' | 'name' | 'isDefault' | 'dailyLimit' > {
	const { smtpServer, smtpPort, userName, sendingDomain, note } = values;
	return { smtpServer, smtpPort: portOf( smtpPort ), userName, sendingDomain, note, password: passwordOf( values ) };
}
