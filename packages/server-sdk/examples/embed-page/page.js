// Your server makes the token with createEmbedToken, for the user who is signed in to your page.
const quota = document.querySelector('usage-quota');
quota.getToken = async () => {
  const response = await fetch('/usage-token', { method: 'POST' });
  return response.ok ? response.text() : null;
};
