import type { ConnectionView, RequestOf } from '@email-gateway/shared';

type ConnectionInput = RequestOf< 'saveConnection' >[ 'connection' ];
/** What a person can choose. */
export type SignInKind = Exclude< ConnectionView[ 'signIn' ], 'supplied' >;

/** The fields as typed. */
export interface ConnectionValues {
	host: string;
	sshPort: string;
	sshUser: string;
	signIn: SignInKind;
	privateKey: string;
	passphrase: string;
	sshPassword: string;
	sudoPassword: string;
	/** The person asked that the saved sudo password be dropped. */
	dropSudoPassword: boolean;
}

export function connectionValues( view: ConnectionView | null ): ConnectionValues {
	return {
		host: view?.host ?? '',
		sshPort: String( view?.sshPort ?? 22 ),
		sshUser: view?.sshUser ?? 'root',
		signIn: view && view.signIn !== 'supplied' ? view.signIn : 'managed_key',
		privateKey: '',
		passphrase: '',
		sshPassword: '',
		sudoPassword: '',
		dropSudoPassword: false,
	};
}

/** True where what was saved for signing in still belongs to the server that is typed. */
export function keepsSignIn( values: ConnectionValues, view: ConnectionView | null ): boolean {
	return (
		view !== null &&
		view.host === values.host.trim().toLowerCase() &&
		view.sshPort === Number( values.sshPort ) &&
		view.sshUser === values.sshUser
	);
}

const typed = ( value: string ) => ( { use: 'typed', value } ) as const;
const saved = { use: 'saved' } as const;

function signInOf( values: ConnectionValues, view: ConnectionView | null ): ConnectionInput[ 'signIn' ] {
	const { signIn: kind, privateKey, passphrase, sshPassword } = values;
	if ( kind === 'managed_key' ) {
		return { kind };
	}
	if ( kind === 'password' ) {
		return { kind, password: sshPassword === '' ? saved : typed( sshPassword ) };
	}
	if ( privateKey !== '' ) {
		return { kind, privateKey: typed( privateKey ), passphrase: passphrase === '' ? null : typed( passphrase ) };
	}
	const kept = view?.passphraseSaved ? saved : null;
	return { kind, privateKey: saved, passphrase: passphrase === '' ? kept : typed( passphrase ) };
}

/** What is sent. An empty secret means "keep"; whether that is allowed is the backend's decision. */
export function connectionInput( values: ConnectionValues, view: ConnectionView | null ): ConnectionInput {
	const { host, sshPort, sshUser, sudoPassword, dropSudoPassword } = values;
	const keepSudo = view?.sudoPasswordSaved === true && ! dropSudoPassword && keepsSignIn( values, view );
	return {
		host,
		sshPort: sshPort.trim() === '' ? Number.NaN : Number( sshPort ),
		sshUser,
		signIn: signInOf( values, view ),
		sudoPassword: sudoPassword !== '' ? typed( sudoPassword ) : keepSudo ? saved : null,
	};
}
