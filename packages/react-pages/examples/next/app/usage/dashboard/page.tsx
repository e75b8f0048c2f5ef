import { Dashboard } from '../usage-app';

export default function Page() {
  return <Dashboard />;
}
