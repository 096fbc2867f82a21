import { useCallback } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { readServerEntry } from '../api/server-entry.ts';
import { useAnswer } from '../api/use-answer.ts';

/** Another server of this site by its name, which leads to its screen; its number where the name is not told. */
export function OtherServer( { serverId }: { serverId: number } ) {
	const read = useCallback( ( signal: AbortSignal ) => readServerEntry( serverId, signal ), [ serverId ] );
	const { answer, problem } = useAnswer( read );
	if ( answer ) {
		return (
			<p>
				<a href={ answer.url }>
					{ answer.title ||
						/* translators: %d: number of a server without a name */
						sprintf( __( 'Server %d', 'email-gateway' ), serverId ) }
				</a>
			</p>
		);
	}
	return problem ? (
		<p className="email-gateway-quiet">
			{ sprintf(
				/* translators: %d: number of a server */
				__( 'That server (number %d) was deleted or belongs to someone else.', 'email-gateway' ),
				serverId
			) }
		</p>
	) : null;
}
