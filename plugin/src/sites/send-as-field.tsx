import { useCallback } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { SelectField } from '../ui/fields.tsx';

export interface SendAsProps {
	serverId: number;
	/** Null: the server itself. */
	value: SendingUser | null;
	onChange: ( user: SendingUser | null ) => void;
}

/** As whom a test email is sent. A number without a name can send none. */
export function SendAsField( { serverId, value, onChange }: SendAsProps ) {
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readSites', { serverId, signal } ), [ serverId ] );
	const { answer, problem, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	const users = ( answer?.users ?? [] ).filter( ( { user } ) => user !== null );
	return (
		<SelectField
			size="normal"
			name="uid"
			label={ __( 'Send as', 'email-gateway' ) }
			value={ value ? String( value.uid ) : '' }
			options={ [
				{ value: '', label: __( 'The server itself', 'email-gateway' ) },
				...users.map( ( user ) => ( { value: String( user.uid ), label: nameOf( user ) } ) ),
			] }
			onChange={ ( chosen ) => onChange( users.find( ( { uid } ) => String( uid ) === chosen ) ?? null ) }
		/>
	);
}

function nameOf( { user, sites }: SendingUser ): string {
	const site = sites[ 0 ]?.domain ?? sites[ 0 ]?.folder ?? user;
	return site === user
		? String( user )
		: /* translators: 1: a site, 2: a Unix user */
		  sprintf( _x( '%1$s, sent by %2$s', 'a site', 'email-gateway' ), String( site ), String( user ) );
}
