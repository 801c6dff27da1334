import { Global, Module } from '@nestjs/common';
import { NodeLink } from './node-link.js';
import { ProcessLink } from './process-link.js';

@Global()
@Module({
  providers: [{ provide: NodeLink, useFactory: (): NodeLink => new ProcessLink() }],
  exports: [NodeLink],
})
export class NodesModule {}
