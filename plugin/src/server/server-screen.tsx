import type { ReactNode } from 'react';
import { createPortal } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { ConnectionCard } from '../connection/connection-card.tsx';
import { GatewayCard } from '../gateway/gateway-card.tsx';
import { thisPage } from '../page.ts';
import { AwayContext } from '../ui/backend-away.tsx';
import { Card } from '../ui/card.tsx';
import { NotAnsweredYet } from '../ui/failure-notice.tsx';
import { NotPaired } from '../ui/not-paired.tsx';
import { SaveQuestion } from '../unsaved/save-question.tsx';
import { NotAnswered } from './not-answered.tsx';
import { useServer, type Server } from './use-server.ts';

export type Places = Partial< Record< 'connection' | 'gateway', HTMLElement > >;

/** Both cards of one server, from one view: each lies in its own metabox. */
export function ServerScreen( { serverId, places }: { serverId: number; places: Places } ) {
	if ( ! thisPage().paired ) {
		return (
			<>
				{ Object.values( places ).map( ( place, index ) =>
					createPortal( <NotPaired key={ index } />, place )
				) }
			</>
		);
	}
	return <PairedScreen serverId={ serverId } places={ places } />;
}

function PairedScreen( { serverId, places }: { serverId: number; places: Places } ) {
	const server = useServer( serverId );
	const { reload: onChange, away } = server;
	const cards: Record< keyof Places, ( view: ServerView ) => ReactNode > = {
		connection: ( view ) => <ConnectionCard view={ view } onChange={ onChange } away={ away } />,
		gateway: ( view ) => <GatewayCard view={ view } onChange={ onChange } away={ away } />,
	};
	const around = places.connection ?? places.gateway;
	return (
		<>
			{ around && <SaveQuestion around={ around } /> }
			{ around && <NotAnswered server={ server } first={ around } /> }
			<AwayContext.Provider value={ server.shared }>
				{ ( Object.keys( cards ) as Array< keyof Places > ).map( ( name ) => {
					const place = places[ name ];
					return place && createPortal( <Told server={ server } card={ cards[ name ] } />, place, name );
				} ) }
			</AwayContext.Provider>
		</>
	);
}

function Told( { server, card }: { server: Server; card: ( view: ServerView ) => ReactNode } ) {
	const { known, loading, problem } = server;
	if ( known ) {
		return <Card>{ card( known.view ) }</Card>;
	}
	return <Card>{ loading ? <Waiting /> : problem && <NotAnsweredYet /> }</Card>;
}

function Waiting() {
	return (
		<p>
			<Spinner /> { __( 'Asking the backend…', 'email-gateway' ) }
		</p>
	);
}
