import { Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { tokenQuestion } from './ask-token.ts';

export function TokenDialog() {
  const { answer, wasRefused } = useStore(tokenQuestion);
  const [token, setToken] = useState('');
  return (
    <Modal opened={answer !== undefined} onClose={() => {}} withCloseButton={false} title="Access token">
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (token !== '') answer?.(token);
        }}
      >
        <p className="quiet">This server asks for the token that it was started with (PLUMBLINE_TOKEN).</p>
        <PasswordInput
          label="Token"
          value={token}
          error={wasRefused ? 'The server refused this token.' : undefined}
          onChange={(event) => setToken(event.currentTarget.value)}
          data-autofocus
        />
        <footer className="dialog-foot">
          <button type="submit" className="button primary" disabled={token === ''}>
            Open
          </button>
        </footer>
      </form>
    </Modal>
  );
}
