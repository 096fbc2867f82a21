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
	/** The saved default password is used instead; it is never sent to a browser. */
	useDefaultPassword: boolean;
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
		useDefaultPassword: false,
		sendingDomain: settings?.sendingDomain ?? '',
		note: settings?.note ?? '',
		serverHostname: settings?.serverHostname ?? '',
		rootMail: settings?.rootMail ?? '',
		caCertificate: settings?.caCertificate ?? '',
	};
}

/**
 * The form after Load Defaults. What the defaults do not speak of stays, except the CA Certificate: the saved default
 * password is not for a provider that needs one.
 */
export function withDefaults( values: SettingsValues, defaults: Visible ): SettingsValues {
	const { serverHostname, rootMail } = values;
	return { ...settingsValues( defaults ), serverHostname, rootMail, useDefaultPassword: true };
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
		useDefaultPassword: false,
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

function passwordOf( { password, useDefaultPassword, smtpServer }: SettingsValues ): SettingsInput[ 'password' ] {
	if ( useDefaultPassword ) {
		return { use: 'default' };
	}
	return password === '' ? { use: 'saved' } : { use: 'typed', value: withoutGroups( password, smtpServer ) };
}

const portOf = ( text: string ) => ( text.trim() === '' ? Number.NaN : Number( text ) );
const orNull = ( text: string ) => ( text.trim() === '' ? null : text );

/** What is sent for one server. An empty password means "keep"; whether that is allowed is the backend's decision. */
export function settingsInput( values: SettingsValues ): SettingsInput {
	return {
		...defaultsInput( values ),
		serverHostname: orNull( values.serverHostname ),
		rootMail: orNull( values.rootMail ),
		caCertificate: orNull( values.caCertificate ),
	};
}

/** What is sent as default credentials. */
export function defaultsInput( values: SettingsValues ): RequestOf< 'saveDefaults' >[ 'defaults' ] {
	const { smtpServer, smtpPort, userName, sendingDomain, note } = values;
	return { smtpServer, smtpPort: portOf( smtpPort ), userName, sendingDomain, note, password: passwordOf( values ) };
}
