// elkjs finds out by itself that it runs in a worker, and answers the messages of its api.
import 'elkjs/lib/elk-worker.min.js';
