// One OpenTofu: the tests build the version that the server downloads.
import { expect, it } from 'vitest';
import { PINNED_RELEASE } from '../../server/engine/engine-release.ts';
import { openTofuVersion } from '../opentofu.mjs';

it('is built in the version that is pinned', () => expect(openTofuVersion).toBe(PINNED_RELEASE.version));
