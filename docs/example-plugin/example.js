/* A section below those of the gateway, and a line in the console when a job has ended. */
( ( { hooks, element } ) => {
	hooks.addFilter( 'emailGateway.serverSections', 'email-gateway-example/runbook', ( sections, view ) => [
		...sections,
		{
			name: 'email-gateway-example-runbook',
			title: 'Runbook',
			content: element.createElement(
				'p',
				null,
				`Before you change server ${ view.serverId }, tell the people on call.`
			),
		},
	] );
	hooks.addAction( 'emailGateway.jobEnded', 'email-gateway-example/log', ( job ) => {
		window.console.info( `${ job.verb } ${ job.state }` );
	} );
} )( window.wp );
