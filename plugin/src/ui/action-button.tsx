import type { ReactNode } from 'react';
import { Button } from '@wordpress/components';

interface ActionButtonProps {
	children: ReactNode;
	onClick: () => void;
	variant?: 'primary' | 'secondary' | 'link' | 'tertiary';
	busy?: boolean;
	disabled?: boolean;
	destructive?: boolean;
}

/** A button that keeps the focus while it cannot be pressed: a real `disabled` would throw the keyboard out of the card. */
export function ActionButton( {
	children,
	onClick,
	variant = 'secondary',
	busy,
	disabled,
	destructive,
}: ActionButtonProps ) {
	const idle = busy === true || disabled === true;
	return (
		<Button
			__next40pxDefaultSize
			type="button"
			variant={ variant }
			isBusy={ busy === true }
			isDestructive={ destructive === true }
			aria-disabled={ idle }
			className={ idle ? 'email-gateway-idle' : undefined }
			onClick={ () => ! idle && onClick() }
		>
			{ children }
		</Button>
	);
}
