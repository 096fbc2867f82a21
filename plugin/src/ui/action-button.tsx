import type { ReactNode } from 'react';
import { Button } from '@wordpress/components';
import { useIsAway } from './backend-away.tsx';

interface ActionButtonProps {
	children: ReactNode;
	onClick: () => void;
	variant?: 'primary' | 'secondary' | 'link' | 'tertiary';
	busy?: boolean;
	disabled?: boolean;
	destructive?: boolean;
	/** Whether what it opens is open. */
	expanded?: boolean;
	/** Works without the backend, too. */
	evenAway?: boolean;
	/** For screen readers, where the text alone says too little. */
	label?: string;
}

/** A button that keeps the focus while it cannot be pressed: a real `disabled` would throw the keyboard out of the card. */
export function ActionButton( {
	children,
	onClick,
	variant = 'secondary',
	busy,
	disabled,
	destructive,
	expanded,
	evenAway,
	label,
}: ActionButtonProps ) {
	const isAway = useIsAway();
	const idle = busy === true || disabled === true || ( isAway && evenAway !== true );
	return (
		<Button
			__next40pxDefaultSize
			type="button"
			variant={ variant }
			isBusy={ busy === true }
			isDestructive={ destructive === true }
			aria-disabled={ idle }
			aria-expanded={ expanded }
			aria-label={ label }
			className={ idle ? 'email-gateway-idle' : undefined }
			onClick={ () => ! idle && onClick() }
		>
			{ children }
		</Button>
	);
}
