import { speak } from '@wordpress/a11y';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { JobView, ServerView } from '@email-gateway/shared';
import { changedNames, fieldSentencesOf, type FieldSentences } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { useJobCall } from '../jobs/use-job-call.ts';
import { takeTyped } from '../server/early.ts';
import { useForm } from '../ui/form-area.tsx';
import { useDraft } from '../unsaved/use-draft.ts';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { connectionInput, connectionValues, type ConnectionValues } from './form.ts';
import { useSuppliedAddress } from './use-supplied-address.ts';

const calls = [ 'saveConnection', 'checkConnection', 'trustHostKey' ] as const;

interface Connects {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
	/** What was typed before there was a server. */
	typed?: ConnectionValues | undefined;
	/** What the server is called, where it is called by its host. */
	host?: string | undefined;
}

export type Connecting = ReturnType< typeof useConnecting >;

/** The connection of a server as it is typed, and its check. */
export function useConnecting( { view, onChange, typed, host = '' }: Connects ) {
	const { serverId, connection } = view;
	const saved = () => ( connection ? connectionValues( connection ) : { ...connectionValues( null ), host } );
	const [ early ] = useState( takeTyped );
	const {
		values,
		change: fill,
		keep,
		isDirty,
	} = useDraft( saved, JSON.stringify( saved() ), typed ?? { ...saved(), ...early } );
	const form = useForm();
	useUnsaved( __( 'Server Connection', 'email-gateway' ), isDirty, form );
	const address = useSuppliedAddress( serverId, connection );
	const checking = useJobCall( calls, { view, onChange, onEnd: announce } );

	const change = ( next: ConnectionValues ) => {
		// sent as `password`, because only one of the two passwords of a connection is its own
		checking.changed(
			changedNames( values, next ).map( ( name ) => ( name === 'sshPassword' ? 'password' : name ) )
		);
		fill( next );
	};
	const check = async () => {
		const accepted = address
			? await checking.ask( 'checkConnection' )
			: await checking.ask( 'saveConnection', { connection: connectionInput( values, connection ) } );
		if ( accepted ) {
			keep( { ...values, privateKey: '', passphrase: '', sshPassword: '', sudoPassword: '' } );
		}
	};
	return {
		...{ values, change, isDirty, form, address, checking, check },
		problems: problemsAt( checking.problem ),
		error: checking.job?.watch.job?.error ?? undefined,
	};
}

/** A connection that works is told by a line of its own, which no screen reader hears. */
function announce( { result }: JobView ): void {
	if ( result?.verb === 'check_connection' ) {
		/* translators: %s: name of an operating system */
		speak( sprintf( __( 'Connected: %s.', 'email-gateway' ), result.system ), 'polite' );
	}
}

/** A secret that was asked for and is not saved is told at its field. */
function problemsAt( problem: Problem | null ): FieldSentences {
	const sentences = fieldSentencesOf( problem, 'connection' );
	if ( problem?.code !== 'sign_in_required' ) {
		return sentences;
	}
	const missing: Record< string, FieldSentences > = {
		password: { password: __( 'Enter the SSH password of this server.', 'email-gateway' ) },
		private_key: { privateKey: __( 'Paste the private key for this server.', 'email-gateway' ) },
		passphrase: { passphrase: __( 'Enter the passphrase of the private key.', 'email-gateway' ) },
		sudo_password: { sudoPassword: __( 'Enter the sudo password of this server.', 'email-gateway' ) },
	};
	return { ...sentences, ...missing[ problem.detail.field ] };
}
