import { Project } from '../../usage-app';

export default function Page() {
  return <Project />;
}
